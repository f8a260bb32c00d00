package io.github.ram.model.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.factory.Nd4j;

class CudaTest {

    @ParameterizedTest
    @CsvSource({
        "3, 7, true", // K80
        "7, 0, true", // V100
        "7, 5, true", // T4
        "8, 0, true", // A100
        "8, 9, true", // L4
        "3, 5, false", // K40
        "9, 0, false", // H100
        "10, 0, false" // B200
    })
    void gpuIsUsedIfTheBinariesHaveCodeForIt(int major, int minor, boolean usable) {
        Cuda cuda = Cuda.capability(major, minor);

        assertEquals(usable, cuda.usable());
        assertEquals(
                usable
                        ? null
                        : "the GPU has compute capability " + major + "." + minor
                                + ", and ND4J's binaries run on 3.7 and 5.0 to 8.9",
                cuda.obstacle());
    }

    @Test
    void missingLibraryIsNamedWithoutTheOneThatNeedsIt() {
        assertEquals(
                "libcuda.so.1: cannot open shared object file: No such file or directory",
                Cuda.missing("/cache/cuda.jar/libjnicudart.so: libcuda.so.1: cannot open shared object file: No such"
                        + " file or directory"));
        assertEquals("no jnicudart in java.library.path", Cuda.missing("no jnicudart in java.library.path"));
    }

    @Test
    void withoutAGpuTheCpuIsUsedUnlessAGpuIsRequired() {
        Cuda cuda = Cuda.find();
        assumeFalse(cuda.usable(), "this machine has a GPU");
        Backend.initialise();

        assertInstanceOf(CpuFallback.class, Nd4j.getBackend());
        assertEquals(
                "a GPU is required, but " + cuda.obstacle(),
                assertThrows(NoGpuException.class, Backend::requireGpu).getMessage());
    }

    @Test
    void buildWithoutCudaSaysSo() {
        Cuda cuda = Cuda.find();
        assumeFalse(cuda.built(), "this build has CUDA");

        assertEquals("this build has no CUDA: it has to be built with -Pcuda", cuda.obstacle());
    }
}
