package io.github.ram.model.graph;

import java.lang.reflect.InvocationTargetException;
import java.util.Locale;
import org.bytedeco.javacpp.BytePointer;
import org.slf4j.LoggerFactory;

/**
 * Whether models can run on a GPU of this machine.
 *
 * <p>CUDA is asked by reflection: only a build with {@code -Pcuda} has its classes.
 *
 * @param built whether this build has CUDA at all
 * @param obstacle why no GPU can be used, in words that go on from "but"; null if one can
 */
record Cuda(boolean built, String obstacle) {

    private static final String RUNTIME = "org.bytedeco.cuda.global.cudart";
    private static final int NO_DEVICE = 100;
    private static final int COMPUTE_CAPABILITY_MAJOR = 75;
    private static final int COMPUTE_CAPABILITY_MINOR = 76;

    /** Asked once: a machine does not get its GPU later. */
    private static final Cuda FOUND = ask();

    static Cuda find() {
        return FOUND;
    }

    /** Whether models run on a GPU. If they do not although this build has CUDA, the log says why, once. */
    static boolean used() {
        if (!FOUND.usable()) {
            Fallback.tell();
        }
        return FOUND.usable();
    }

    private static final class Fallback {

        static {
            if (FOUND.built()) {
                LoggerFactory.getLogger(Cuda.class)
                        .warn("Computing on the CPU: this build has CUDA, but {}", FOUND.obstacle());
            }
        }

        static void tell() {
            // It is told when the class is initialised, once.
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
            throw new IllegalStateException("the CUDA classes are not those that this program was written for", e);
        }
    }

    /** JavaCPP's own message names where it looked, its cause what was missing. */
    private static Throwable rootCause(Throwable e) {
        return e.getCause() == null ? e : rootCause(e.getCause());
    }

    /** What the linker misses, without the file of ours that it was loading: "/…/libjnicudart.so: libcuda.so.1: …". */
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
     * Whether ND4J's binaries can run on a GPU: they hold machine code for 3.7 and for 5.0 to 8.6, which GPUs
     * of the same major version and a higher minor one run too, and no PTX that could be compiled for others.
     */
    static Cuda capability(int major, int minor) {
        boolean code = major == 3 && minor >= 7 || major >= 5 && major <= 8;
        return new Cuda(
                true,
                code
                        ? null
                        : String.format(
                                Locale.ROOT,
                                "the GPU has compute capability %d.%d, and ND4J's binaries have code for 3.7 and 5.0 to 8.9",
                                major,
                                minor));
    }
}
