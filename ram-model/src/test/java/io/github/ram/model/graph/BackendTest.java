package io.github.ram.model.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.ram.model.EngineChoice;
import io.github.ram.model.Parameter;
import io.github.ram.model.Parameters;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.bytedeco.openblas.global.openblas;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.Conv2D;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.factory.Nd4j;

class BackendTest {

    @Test
    void nd4jAndOpenBlasGetOneThreadEach() {
        Backend.initialise();
        assertEquals(1, Nd4j.getEnvironment().maxMasterThreads());
        assertEquals(1, openblas.blas_get_num_threads());
        assertEquals("cpu", Backend.of(EngineChoice.BLAS));
    }

    /** The settings hold although the weights of a model are the first arrays of the process. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aConvolutionRunsOnOneThread() throws Exception {
        ProcessBuilder java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        WeightsThenConvolution.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        java.environment().remove("OMP_NUM_THREADS");
        Process process = java.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(0, process.waitFor());
        assertEquals("1", printed.lines().reduce((first, last) -> last).orElse(""));
    }

    /** Creates weights, runs a convolution and prints how many threads computed the convolution. */
    private static final class WeightsThenConvolution {

        public static void main(String[] args) throws Exception {
            Parameter bias = Parameter.trained("bias", 3);
            Parameters.of(List.of(bias), parameter -> new float[3]);
            FutureTask<Long> threads = new FutureTask<>(() -> {
                INDArray images = Nd4j.ones(DataType.FLOAT, 8, 16, 32, 32);
                INDArray weights = Nd4j.ones(DataType.FLOAT, 3, 3, 16, 16);
                Conv2DConfig config = Conv2DConfig.builder()
                        .kH(3)
                        .kW(3)
                        .paddingMode(PaddingMode.SAME)
                        .build();
                Nd4j.exec(new Conv2D(new INDArray[] {images, weights}, null, config));
                return threadsNamed("convolution");
            });
            new Thread(threads, "convolution").start(); // OpenMP gives this name to its threads as well
            System.out.println(threads.get());
        }

        private static long threadsNamed(String name) throws IOException {
            try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
                return tasks.filter(task -> name.equals(nameOf(task))).count();
            }
        }

        private static String nameOf(Path task) {
            try {
                return Files.readString(task.resolve("comm")).trim();
            } catch (IOException e) {
                return ""; // the thread has ended
            }
        }
    }

    @Test
    void floatsAreReadAndWrittenFromWhereAnArrayBegins() {
        INDArray rows = Nd4j.zeros(DataType.FLOAT, 3, 2);
        INDArray second = rows.getRow(1); // shares the memory of the others, two values in

        Floats.write(second, memory -> memory.put(0, 5).put(1, 6));
        Floats.write(second, memory -> memory.put(new float[] {7}));

        assertArrayEquals(new float[] {0, 0, 7, 6, 0, 0}, rows.reshape(6).toFloatVector());
        FloatBuffer read = Floats.read(second);
        assertEquals(7, read.get(0));
        assertEquals(7, read.get());
        assertEquals(6, read.get());
    }
}
