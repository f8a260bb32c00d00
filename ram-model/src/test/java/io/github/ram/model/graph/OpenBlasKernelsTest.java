package io.github.ram.model.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OpenBlasKernelsTest {

    private static final Path CPUS = Path.of("/proc/cpuinfo");

    private static final String SSE = "fpu sse sse2 ssse3 sse4_1 sse4_2 popcnt aes xsave avx";
    private static final String HASWELL = SSE + " f16c rdrand fma movbe bmi1 avx2 bmi2";
    private static final String SKYLAKE_SP = HASWELL + " mpx avx512f avx512dq clwb avx512cd avx512bw avx512vl";
    private static final String ICE_LAKE_SP =
            SKYLAKE_SP + " avx512ifma avx512vbmi avx512_vbmi2 gfni vaes avx512_vnni avx512_bitalg avx512_vpopcntdq";
    private static final String SAPPHIRE_RAPIDS =
            ICE_LAKE_SP + " avx_vnni avx512_bf16 avx512_fp16 amx_bf16 amx_tile amx_int8";
    private static final String ALDER_LAKE = HASWELL + " gfni vaes vpclmulqdq avx_vnni serialize hybrid_cpu";
    private static final String ZEN_2 = HASWELL + " sse4a misalignsse 3dnowprefetch clwb sha_ni clzero rdpid";
    private static final String ZEN_4 =
            ZEN_2 + " avx512f avx512dq avx512ifma avx512cd avx512bw avx512vl avx512_bf16 avx512vbmi avx512_vnni";

    static Stream<Arguments> processors() {
        return Stream.of(
                arguments("Sandy Bridge", "GenuineIntel", 6, 45, SSE, null),
                arguments("Haswell", "GenuineIntel", 6, 63, HASWELL, "HASWELL"),
                arguments("Skylake-SP", "GenuineIntel", 6, 85, SKYLAKE_SP, "SKYLAKEX"),
                arguments("Ice Lake-SP", "GenuineIntel", 6, 106, ICE_LAKE_SP, "SKYLAKEX"),
                arguments("Sapphire Rapids", "GenuineIntel", 6, 143, SAPPHIRE_RAPIDS, "SKYLAKEX"),
                arguments("Emerald Rapids", "GenuineIntel", 6, 207, SAPPHIRE_RAPIDS, "SKYLAKEX"),
                arguments("Granite Rapids", "GenuineIntel", 6, 173, SAPPHIRE_RAPIDS + " amx_fp16", "SKYLAKEX"),
                arguments("Alder Lake", "GenuineIntel", 6, 151, ALDER_LAKE, "HASWELL"),
                arguments("Zen 2", "AuthenticAMD", 23, 49, ZEN_2, "ZEN"),
                arguments("Zen 3", "AuthenticAMD", 25, 1, ZEN_2 + " vaes vpclmulqdq erms fsrm", "ZEN"),
                arguments("Zen 4", "AuthenticAMD", 25, 17, ZEN_4, "SKYLAKEX"),
                arguments("Zen 5", "AuthenticAMD", 26, 2, ZEN_4 + " avx_vnni movdiri", "SKYLAKEX"),
                arguments("Zen 5 less half of AVX-512", "AuthenticAMD", 26, 2, ZEN_2 + " avx512f avx512dq", "ZEN"),
                arguments("Emerald Rapids without AVX-512", "GenuineIntel", 6, 207, HASWELL + " hypervisor", "HASWELL"),
                arguments("Emerald Rapids without AVX2", "GenuineIntel", 6, 207, SSE + " hypervisor", null),
                arguments("an unknown vendor", "HygonGenuine", 24, 0, HASWELL, "HASWELL"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("processors")
    void kernelsAreThoseThatTheProcessorCanRun(
            String name, String vendor, int family, int model, String flags, String kernels) {
        String cpu = """
            processor\t: 0
            vendor_id\t: %s
            cpu family\t: %d
            model\t\t: %d
            model name\t: %s
            flags\t\t: %s
            vmx flags\t: vnmi preemption_timer
            bugs\t\t: spectre_v1

            """.formatted(vendor, family, model, name, flags);

        assertEquals(Optional.ofNullable(kernels), OpenBlasKernels.forProcessor(cpu + cpu.replace(": 0", ": 1")));
    }

    @Test
    void openBlasChoosesForAProcessorWithoutFlags() {
        assertEquals(Optional.empty(), OpenBlasKernels.forProcessor(""));
    }

    @Test
    void openBlasUsesThem() throws IOException {
        assumeTrue(Files.isReadable(CPUS), "this machine has no /proc/cpuinfo");
        Optional<String> kernels = OpenBlasKernels.forProcessor(Files.readString(CPUS));
        assumeTrue(kernels.isPresent(), "this machine's processor has no AVX2");

        String output = output(null);

        assertTrue(output.toUpperCase(Locale.ROOT).contains("OPENBLAS " + kernels.get()), output);
    }

    @Test
    void whatTheUserHasSetStays() {
        assumeTrue(Files.isReadable(CPUS), "this machine has no /proc/cpuinfo");
        String output = output("PRESCOTT");

        assertTrue(output.contains("OpenBLAS Prescott"), output);
    }

    /** What another process prints about its kernels, with the variable set to this value, or unset for null. */
    private static String output(String coreType) {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Start.class.getName());
        builder.environment().remove(OpenBlasKernels.VARIABLE);
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

    /** Prints the kernels of a process. */
    static final class Start {

        public static void main(String[] arguments) {
            System.out.println(Backend.kernels());
        }
    }
}
