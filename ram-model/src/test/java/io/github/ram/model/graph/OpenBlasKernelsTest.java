package io.github.ram.model.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenBlasKernelsTest {

    private static final Path CPUS = Path.of("/proc/cpuinfo");

    @ParameterizedTest
    @CsvSource({
        "AuthenticAMD, fpu sse2 avx2 fma avx512f avx512dq avx512cd avx512bw avx512vl, SKYLAKEX",
        "AuthenticAMD, fpu sse2 avx2 fma, ZEN",
        "AuthenticAMD, fpu sse2 avx2 fma avx512f, ZEN", // a part of AVX-512 is not enough
        "AuthenticAMD, fpu sse2, ",
        "GenuineIntel, fpu sse2 avx2 fma avx512f avx512dq avx512cd avx512bw avx512vl, " // which it knows
    })
    void kernelsAreThoseThatTheProcessorCanRun(String vendor, String flags, String kernels) {
        String cpus = "processor\t: 0\nvendor_id\t: %s\ncpu family\t: 26\nflags\t\t: %s\nbugs\t\t: none\n"
                .formatted(vendor, flags);

        assertEquals(Optional.ofNullable(kernels), OpenBlasKernels.forProcessor(cpus));
    }

    @Test
    void nothingIsSaidOfAProcessorThatIsNotKnown() {
        assertEquals(Optional.empty(), OpenBlasKernels.forProcessor(""));
    }

    @Test
    void openBlasUsesThem() throws IOException {
        assumeTrue(Files.isReadable(CPUS), "this machine does not tell of its processors as Linux does");
        Optional<String> kernels = OpenBlasKernels.forProcessor(Files.readString(CPUS));
        assumeTrue(kernels.isPresent(), "OpenBLAS knows this machine's processor");

        assertTrue(output(null).toUpperCase().contains("CORE: " + kernels.get()), () -> output(null));
    }

    @Test
    void whatTheUserHasSetStays() {
        assumeTrue(Files.isReadable(CPUS), "this machine does not tell of its processors as Linux does");
        String output = output("PRESCOTT");

        assertTrue(output.contains("Core: Prescott"), output);
    }

    /** What OpenBLAS says when another process loads it, where the variable is set to this or not at all. */
    private static String output(String coreType) {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Start.class.getName());
        builder.environment().remove(OpenBlasKernels.VARIABLE);
        builder.environment().put("OPENBLAS_VERBOSE", "2");
        if (coreType != null) {
            builder.environment().put(OpenBlasKernels.VARIABLE, coreType);
        }
        try {
            Process process = builder.redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, process.waitFor(), output);
            return output;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Does nothing but start ND4J. */
    static final class Start {

        public static void main(String[] arguments) {
            Backend.initialise();
        }
    }
}
