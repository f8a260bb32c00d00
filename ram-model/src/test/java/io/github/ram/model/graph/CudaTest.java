package io.github.ram.model.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.ram.model.EngineChoice;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.factory.Nd4j;

class CudaTest {

    private static final List<EngineChoice> RAM =
            List.of(EngineChoice.BLAS, EngineChoice.ONNXRUNTIME, EngineChoice.SAMEDIFF);
    private static final List<EngineChoice> LEARNING = List.of(EngineChoice.BLAS, EngineChoice.SAMEDIFF);

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
    void gpuIsUsedIfNd4jHasCodeForIt(int major, int minor, boolean usable) {
        assertEquals(
                usable
                        ? null
                        : "the GPU has compute capability " + major + "." + minor
                                + ", and ND4J's binaries run on 3.7 and 5.0 to 8.9",
                Cuda.capability(CudaBuild.ND4J, major, minor));
    }

    @ParameterizedTest
    @CsvSource({
        "6, 0, true", // P100
        "7, 0, true", // V100
        "8, 9, true", // L4
        "9, 0, true", // H100
        "10, 0, true", // B200
        "12, 0, true", // RTX 5090
        "5, 2, false" // M40
    })
    void gpuIsUsedIfOnnxRuntimeHasCodeForIt(int major, int minor, boolean usable) {
        assertEquals(
                usable
                        ? null
                        : "the GPU has compute capability " + major + "." + minor
                                + ", and ONNX Runtime's binaries run on 6.0 and newer",
                Cuda.capability(CudaBuild.ONNX_RUNTIME, major, minor));
    }

    @Test
    void engineOnTheGpuComesFirst() {
        assertEquals(
                List.of(EngineChoice.SAMEDIFF, EngineChoice.BLAS, EngineChoice.ONNXRUNTIME),
                new Cuda(EngineChoice.SAMEDIFF, null).first(RAM));
        assertEquals(
                List.of(EngineChoice.ONNXRUNTIME, EngineChoice.BLAS, EngineChoice.SAMEDIFF),
                new Cuda(EngineChoice.ONNXRUNTIME, null).first(RAM));
        assertEquals(
                List.of(EngineChoice.SAMEDIFF, EngineChoice.BLAS),
                new Cuda(EngineChoice.SAMEDIFF, null).first(LEARNING));
    }

    @Test
    void orderIsThatOfTheCpuWithoutAnEngineOnTheGpu() {
        assertEquals(RAM, new Cuda(EngineChoice.ONNXRUNTIME, "CUDA finds no GPU").first(RAM));
        assertEquals(RAM, new Cuda(null, "this build has no CUDA").first(RAM));
        assertEquals(LEARNING, new Cuda(EngineChoice.ONNXRUNTIME, null).first(LEARNING));
    }

    @Test
    void onlyTheEngineOfTheBuildRunsOnTheGpu() {
        Cuda usable = new Cuda(EngineChoice.ONNXRUNTIME, null);

        assertTrue(usable.runs(EngineChoice.ONNXRUNTIME));
        assertFalse(usable.runs(EngineChoice.BLAS));
        assertFalse(usable.runs(EngineChoice.SAMEDIFF));
        assertFalse(new Cuda(EngineChoice.ONNXRUNTIME, "CUDA finds no GPU").runs(EngineChoice.ONNXRUNTIME));
    }

    @Test
    void missingLibraryIsNamedWithoutTheOneThatNeedsIt() {
        assertEquals(
                "libcuda.so.1: cannot open shared object file: No such file or directory",
                Cuda.missing("/cache/cuda.jar/libjnicudart.so: libcuda.so.1: cannot open shared object file: No such"
                        + " file or directory"));
        assertEquals("no jnicudart in java.library.path", Cuda.missing("no jnicudart in java.library.path"));
        assertEquals(
                "libcudnn.so.9: cannot open shared object file: No such file or directory",
                Cuda.missing("Unable to load library 'libcudnn.so.9':\n"
                        + "libcudnn.so.9: cannot open shared object file: No such file or directory\n"
                        + "Native library (linux-x86-64/libcudnn.so.9) not found in resource path (a.jar)"));
    }

    @Test
    void withoutAGpuTheCpuIsUsedUnlessAGpuIsRequired() {
        Cuda cuda = Cuda.find();
        assumeFalse(cuda.usable(), "this machine has a GPU");
        Backend.initialise();

        assertInstanceOf(CpuFallback.class, Nd4j.getBackend());
        assertEquals(LEARNING, Backend.engines(EngineChoice.BLAS, EngineChoice.SAMEDIFF));
        assertEquals("cpu", Backend.of(EngineChoice.ONNXRUNTIME));
        assertEquals(
                "a GPU is required, but " + cuda.obstacle(),
                assertThrows(NoGpuException.class, Backend::requireGpu).getMessage());
    }

    @Test
    void buildWithoutCudaSaysSo() {
        Cuda cuda = Cuda.find();
        assumeFalse(cuda.built(), "this build has CUDA");

        assertEquals(
                "this build has no CUDA: it has to be built with -Pcuda, or on Linux with -Pcuda12", cuda.obstacle());
    }
}
