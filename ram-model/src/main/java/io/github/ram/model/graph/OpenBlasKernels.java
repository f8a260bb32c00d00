package io.github.ram.model.graph;

import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells OpenBLAS which kernels to use on processors that are younger than it is. The release that ND4J is bound to,
 * 0.3.19, takes AMD's newer ones for one of 2007, and multiplies at a quarter of their speed.
 *
 * <p>It reads its environment variable {@value #VARIABLE} when it is loaded, so that one is set before, unless the
 * user has set it.
 */
final class OpenBlasKernels {

    static final String VARIABLE = "OPENBLAS_CORETYPE";

    private static final Logger LOG = LoggerFactory.getLogger(OpenBlasKernels.class);
    private static final Path CPUS = Path.of("/proc/cpuinfo"); // of Linux; what others have is left to OpenBLAS
    private static final List<String> AVX512 = List.of("avx512f", "avx512dq", "avx512bw", "avx512vl");
    private static final List<String> AVX2 = List.of("avx2", "fma");

    private OpenBlasKernels() {}

    /** Sets the variable, if need be. To be called before anything loads OpenBLAS. */
    static void choose() {
        if (System.getenv(VARIABLE) != null || !Files.isReadable(CPUS)) {
            return;
        }
        try {
            forProcessor(Files.readString(CPUS)).ifPresent(kernels -> LibC.setenv(VARIABLE, kernels, 0));
        } catch (IOException | LinkageError e) { // then it is slower, no more
            LOG.warn("OpenBLAS chooses its kernels itself, and slow ones on AMD's newer processors: {}", e.toString());
        }
    }

    /**
     * The kernels for a processor; empty if OpenBLAS is to choose.
     *
     * @param cpus what Linux says of the processors
     */
    static Optional<String> forProcessor(String cpus) {
        if (!field(cpus, "vendor_id").equals("AuthenticAMD")) {
            return Optional.empty();
        }
        List<String> flags = Arrays.asList(field(cpus, "flags").split(" "));
        if (flags.containsAll(AVX512)) {
            return Optional.of("SKYLAKEX");
        }
        return flags.containsAll(AVX2) ? Optional.of("ZEN") : Optional.empty();
    }

    /** The first value of a field. */
    private static String field(String cpus, String name) {
        Matcher matcher = Pattern.compile("(?m)^" + name + "\\s*: *(.*)$").matcher(cpus);
        return matcher.find() ? matcher.group(1).trim() : "";
    }

    /** Of the C library. Java can read its environment, but not change it. */
    private static final class LibC {

        static {
            Native.register("c");
        }

        static native int setenv(String name, String value, int overwrite);
    }
}
