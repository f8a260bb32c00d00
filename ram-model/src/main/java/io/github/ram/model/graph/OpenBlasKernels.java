package io.github.ram.model.graph;

import com.sun.jna.Function;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.Loader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses OpenBLAS's kernels by what the processor can do. ND4J is bound to release 0.3.19, which knows processors by
 * name: it runs the kernels of 2007 on every younger one, at a quarter of the speed.
 *
 * <p>OpenBLAS reads the environment variable {@value #VARIABLE} when it is loaded. This class sets the variable before,
 * unless the user has set it.
 */
final class OpenBlasKernels {

    static final String VARIABLE = "OPENBLAS_CORETYPE";

    private static final Logger LOG = LoggerFactory.getLogger(OpenBlasKernels.class);
    private static final Path CPUS = Path.of("/proc/cpuinfo"); // Linux only; elsewhere OpenBLAS chooses
    private static final List<String> AVX512 = List.of("avx512f", "avx512dq", "avx512bw", "avx512vl");
    private static final List<String> AVX2 = List.of("avx2", "fma");

    private OpenBlasKernels() {}

    /** Sets the variable where the processor's features are known. Call it before anything loads OpenBLAS. */
    static void choose() {
        if (System.getenv(VARIABLE) != null || !Files.isReadable(CPUS)) {
            return;
        }
        try {
            forProcessor(Files.readString(CPUS)).ifPresent(kernels -> LibC.setenv(VARIABLE, kernels, 0));
        } catch (IOException | LinkageError e) {
            LOG.warn(
                    "OpenBLAS chooses its kernels itself, which is slow on younger processors: cause={}", e.toString());
        }
    }

    /**
     * The kernels for a processor; empty leaves the choice to OpenBLAS.
     *
     * <p>The flags decide, not the vendor or the model: Linux lists only what the hypervisor and the kernel allow.
     *
     * @param cpus the text of {@code /proc/cpuinfo}
     */
    static Optional<String> forProcessor(String cpus) {
        List<String> flags = Arrays.asList(field(cpus, "flags").split(" "));
        if (flags.containsAll(AVX512)) {
            return Optional.of("SKYLAKEX");
        }
        if (flags.containsAll(AVX2)) { // Zen's kernels are Haswell's with other block sizes
            return Optional.of(field(cpus, "vendor_id").equals("AuthenticAMD") ? "ZEN" : "HASWELL");
        }
        return Optional.empty();
    }

    /** The name of the kernels that the loaded OpenBLAS uses, such as {@code Zen}; {@code unknown} where it hides it. */
    static String used() {
        try {
            return Loader.getLoadedLibraries().entrySet().stream()
                    .filter(library -> library.getKey().startsWith("openblas"))
                    .findFirst()
                    .map(library -> Function.getFunction(library.getValue(), "openblas_get_corename")
                            .invokeString(new Object[0], false))
                    .orElse("unknown");
        } catch (LinkageError e) {
            return "unknown";
        }
    }

    /** The first value of a field. */
    private static String field(String cpus, String name) {
        Matcher matcher = Pattern.compile("(?m)^" + name + "\\s*: *(.*)$").matcher(cpus);
        return matcher.find() ? matcher.group(1).trim() : "";
    }

    /** The C library: Java can read its own environment, but cannot change it. */
    private static final class LibC {

        static {
            Native.register("c");
        }

        static native int setenv(String name, String value, int overwrite);
    }
}
