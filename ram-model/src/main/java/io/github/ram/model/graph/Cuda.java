package io.github.ram.model.graph;

import java.lang.reflect.InvocationTargetException;
import java.util.Locale;
import org.bytedeco.javacpp.BytePointer;
import org.slf4j.LoggerFactory;

/**
 * The state of CUDA on this machine.
 *
 * <p>Reflection calls CUDA, because only a build with {@code -Pcuda} has CUDA's classes.
 *
 * @param built whether this build has CUDA
 * @param obstacle why no GPU is usable, as a clause that follows "but"; null if a GPU is usable
 */
record Cuda(boolean built, String obstacle) {

    private static final String RUNTIME = "org.bytedeco.cuda.global.cudart";
    private static final int NO_DEVICE = 100;
    private static final int COMPUTE_CAPABILITY_MAJOR = 75;
    private static final int COMPUTE_CAPABILITY_MINOR = 76;

    /** Queried once, because a machine does not gain a GPU while it runs. */
    private static final Cuda FOUND = ask();

    static Cuda find() {
        return FOUND;
    }

    /** Whether models run on a GPU. A build with CUDA logs once why it uses no GPU. */
    static boolean used() {
        if (!FOUND.usable()) {
            Fallback.warn();
        }
        return FOUND.usable();
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

    boolean usable() {
        return obstacle == null;
    }

    private static Cuda ask() {
        try {
            Class<?> runtime = Class.forName(RUNTIME);
            int[] count = new int[1];
            int error =
                    (int) runtime.getMethod("cudaGetDeviceCount", int[].class).invoke(null, count);
            if (error != 0 && error != NO_DEVICE) {
                Object text = runtime.getMethod("cudaGetErrorString", int.class).invoke(null, error);
                return new Cuda(true, "CUDA cannot be used: " + ((BytePointer) text).getString());
            }
            return count[0] == 0
                    ? new Cuda(true, "CUDA finds no GPU")
                    : capability(
                            attribute(runtime, COMPUTE_CAPABILITY_MAJOR), attribute(runtime, COMPUTE_CAPABILITY_MINOR));
        } catch (ClassNotFoundException e) {
            return new Cuda(false, "this build has no CUDA: it has to be built with -Pcuda");
        } catch (LinkageError e) {
            return new Cuda(
                    true,
                    "the NVIDIA driver or CUDA 11.6 is not installed: "
                            + missing(rootCause(e).getMessage()));
        } catch (InvocationTargetException e) {
            return new Cuda(true, "CUDA cannot be used: " + e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this program does not support the version of the CUDA classes", e);
        }
    }

    /** Returns the last cause. JavaCPP's message names the search path; its cause names the missing library. */
    private static Throwable rootCause(Throwable e) {
        return e.getCause() == null ? e : rootCause(e.getCause());
    }

    /**
     * Returns a linker's message without the path of this program's library: "/…/libjnicudart.so: libcuda.so.1: …"
     * loses its first part.
     */
    static String missing(String message) {
        return message.replaceFirst("^/\\S*: (?=lib)", "");
    }

    private static int attribute(Class<?> runtime, int attribute) throws ReflectiveOperationException {
        int[] value = new int[1];
        runtime.getMethod("cudaDeviceGetAttribute", int[].class, int.class, int.class)
                .invoke(null, value, attribute, 0);
        return value[0];
    }

    /**
     * Returns the state of CUDA for a compute capability. ND4J's binaries have machine code for 3.7 and for 5.0 to
     * 8.6. Machine code also runs on GPUs of the same major version with a higher minor version. The binaries have no
     * PTX, so other GPUs cannot run them.
     */
    static Cuda capability(int major, int minor) {
        boolean code = major == 3 && minor >= 7 || major >= 5 && major <= 8;
        return new Cuda(
                true,
                code
                        ? null
                        : String.format(
                                Locale.ROOT,
                                "the GPU has compute capability %d.%d, and ND4J's binaries run on 3.7 and 5.0 to 8.9",
                                major,
                                minor));
    }
}
