package io.github.ram.model.graph;

import com.sun.jna.Function;
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
 * Chooses OpenBLAS's kernels by the processor's features. ND4J uses release 0.3.19, which chooses by the processor's
 * model. It runs kernels of 2007 on every model that is newer than the release, at a quarter of the speed.
 *
 * <p>OpenBLAS reads the environment variable {@value #VARIABLE} while it loads. This class sets the variable earlier,
 * unless the user has set it.
 */
final class OpenBlasKernels {

    static final String VARIABLE = "OPENBLAS_CORETYPE";

    private static final Logger LOG = LoggerFactory.getLogger(OpenBlasKernels.class);
    private static final Path CPUS = Path.of("/proc/cpuinfo"); // Linux only; elsewhere OpenBLAS chooses
    private static final List<String> AVX512 = List.of("avx512f", "avx512dq", "avx512bw", "avx512vl");
    private static final List<String> AVX2 = List.of("avx2", "fma");

    private OpenBlasKernels() {}

    /**
     * Sets the variable if the processor's features are known. Callers must call this method before OpenBLAS loads.
     */
    static void choose() {
        if (!Files.isReadable(CPUS)) {
            return;
        }
        try {
            forProcessor(Files.readString(CPUS)).ifPresent(kernels -> NativeEnvironment.setDefault(VARIABLE, kernels));
        } catch (IOException e) {
            LOG.warn("OpenBLAS's kernels not chosen, new processors are slow: cause=\"{}\"", e.toString());
        }
    }

    /**
     * Returns the kernels for a processor; an empty result leaves the choice to OpenBLAS.
     *
     * <p>The flags decide, because Linux lists only features that the hypervisor and the kernel allow.
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

    /** Returns the name of the loaded OpenBLAS's kernels, such as {@code Zen}, or {@code unknown}. */
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

    /** Returns the first value of a field. */
    private static String field(String cpus, String name) {
        Matcher matcher = Pattern.compile("(?m)^" + name + "\\s*: *(.*)$").matcher(cpus);
        return matcher.find() ? matcher.group(1).trim() : "";
    }
}
