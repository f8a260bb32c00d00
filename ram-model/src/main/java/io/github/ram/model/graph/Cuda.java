package io.github.ram.model.graph;

import com.sun.jna.NativeLibrary;
import io.github.ram.model.EngineChoice;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * The state of CUDA on this machine.
 *
 * @param engine the engine that this build has CUDA for; null in a build without CUDA
 * @param obstacle why no GPU is usable, as a clause that follows "but"; null if a GPU is usable
 */
record Cuda(EngineChoice engine, String obstacle) {

    private static final int NO_DEVICE = 100;
    private static final int COMPUTE_CAPABILITY_MAJOR = 75;
    private static final int COMPUTE_CAPABILITY_MINOR = 76;

    /** Queried once, because a machine does not gain a GPU while it runs. */
    private static final Cuda FOUND = Stream.of(CudaBuild.values())
            .filter(CudaBuild::present)
            .findFirst()
            .map(build -> new Cuda(build.engine(), obstacle(build)))
            .orElseGet(() -> new Cuda(
                    null, "this build has no CUDA: it has to be built with -Pcuda, or on Linux with -Pcuda12"));

    static Cuda find() {
        return FOUND;
    }

    /** Returns the same to code that chooses where to compute. A build with CUDA logs once why it uses no GPU. */
    static Cuda use() {
        if (!FOUND.usable()) {
            Fallback.warn();
        }
        return FOUND;
    }

    private static final class Fallback {

        static {
            if (FOUND.built()) {
                LoggerFactory.getLogger(Cuda.class)
                        .warn("Computing on the CPU instead of CUDA: cause=\"{}\"", FOUND.obstacle());
            }
        }

        static void warn() {
            // The static initialiser logs the warning once.
        }
    }

    boolean built() {
        return engine != null;
    }

    boolean usable() {
        return obstacle == null;
    }

    /** Whether an engine runs on the GPU. */
    boolean runs(EngineChoice choice) {
        return usable() && choice == engine;
    }

    /** Returns engines with the one on the GPU first. */
    List<EngineChoice> first(List<EngineChoice> engines) {
        return engines.stream()
                .sorted(Comparator.comparing(choice -> !runs(choice)))
                .toList();
    }

    private static String obstacle(CudaBuild build) {
        NativeLibrary runtime;
        try {
            build.load();
            runtime = build.runtime();
        } catch (LinkageError e) {
            return build.needs() + " is not installed: " + missing(rootCause(e).getMessage());
        }
        int[] count = new int[1];
        int error = runtime.getFunction("cudaGetDeviceCount").invokeInt(new Object[] {count});
        if (error != 0 && error != NO_DEVICE) {
            return "CUDA cannot be used: "
                    + runtime.getFunction("cudaGetErrorString").invokeString(new Object[] {error}, false);
        }
        return count[0] == 0
                ? "CUDA finds no GPU"
                : capability(
                        build,
                        attribute(runtime, COMPUTE_CAPABILITY_MAJOR),
                        attribute(runtime, COMPUTE_CAPABILITY_MINOR));
    }

    private static int attribute(NativeLibrary runtime, int attribute) {
        int[] value = new int[1];
        runtime.getFunction("cudaDeviceGetAttribute").invokeInt(new Object[] {value, attribute, 0});
        return value[0];
    }

    /** Returns the last cause. JavaCPP's message names the search path; its cause names the missing library. */
    private static Throwable rootCause(Throwable e) {
        return e.getCause() == null ? e : rootCause(e.getCause());
    }

    /**
     * Returns what the linker says of the missing library. JNA puts a line before it and more of its searches behind it.
     * JavaCPP's "/…/libjnicudart.so: libcuda.so.1: …" loses the path of this program's library.
     */
    static String missing(String message) {
        String linker = message.replaceFirst("^Unable to load library '.*':\\R", "");
        return linker.lines().findFirst().orElse("").replaceFirst("^/\\S*: (?=lib)", "");
    }

    /** Returns why a build cannot use a GPU of this compute capability, or null if it can. */
    static String capability(CudaBuild build, int major, int minor) {
        return build.hasCodeFor(major, minor)
                ? null
                : String.format(
                        Locale.ROOT,
                        "the GPU has compute capability %d.%d, and %s",
                        major,
                        minor,
                        build.capabilities());
    }
}
