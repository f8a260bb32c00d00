package io.github.ram.model.graph;

import io.github.ram.model.EngineChoice;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The compute backend and its settings. One place has all settings, so that a plain {@code java -jar} is fast. */
public final class Backend {

    private static final Logger LOG = LoggerFactory.getLogger(Backend.class);

    private Backend() {}

    /**
     * Starts ND4J with its settings. Code calls this method before it uses ND4J. The first call takes a second or
     * more; later calls do nothing.
     */
    public static void initialise() {
        Started.once();
    }

    /** Starts OpenBLAS with its settings, without ND4J. */
    public static void initialiseBlas() {
        OpenBlas.once();
    }

    /**
     * Makes the C library keep the memory that native operations free, up to 1 GiB, for the next operation. Otherwise
     * the C library returns large blocks to the system after each operation. A third of a training step of convolutions
     * then clears new pages. Has an effect with glibc only.
     */
    public static void keepFreedMemory() {
        NativeMemory.keepFreed();
    }

    /** Returns the display name of the CPU's matrix kernels, such as {@code OpenBLAS Zen}. */
    public static String kernels() {
        initialiseBlas();
        return OpenBlas.KERNELS;
    }

    /**
     * Requires a usable GPU.
     *
     * @throws NoGpuException if models would run on the CPU
     */
    public static void requireGpu() {
        Cuda cuda = Cuda.find();
        if (!cuda.usable()) {
            throw new NoGpuException("a GPU is required, but " + cuda.obstacle());
        }
    }

    /**
     * Returns those engines that this machine has, the fastest first. The engine on a GPU comes before the others.
     *
     * @param engines the fastest on a CPU first
     */
    public static List<EngineChoice> engines(EngineChoice... engines) {
        List<EngineChoice> present = Stream.of(engines)
                .filter(engine -> engine != EngineChoice.ONNXRUNTIME || OnnxLibraries.contain("onnxruntime"))
                .toList();
        return Cuda.use().first(present);
    }

    /** Whether an engine runs on a GPU. The call does not start the engine. */
    public static boolean usesGpu(EngineChoice engine) {
        return Cuda.use().runs(engine);
    }

    /** Returns where an engine runs: {@code cpu} or {@code cuda}. */
    public static String of(EngineChoice engine) {
        return usesGpu(engine) ? "cuda" : "cpu";
    }

    /** The JVM initialises this class once. Each thread waits for that initialisation. */
    private static final class OpenBlas {

        private static final String KERNELS;

        static {
            OpenBlasKernels.choose();
            openblas.blas_set_num_threads(1);
            KERNELS = "OpenBLAS " + OpenBlasKernels.used();
            LOG.info("Kernels chosen: kernels=\"{}\"", KERNELS);
        }

        static void once() {
            // The static initialiser does the work.
        }
    }

    /** The JVM initialises this class once. Each thread waits for that initialisation. */
    private static final class Started {

        // ND4J and OpenBLAS use one thread each. The arrays are so small that thread pools cost more time than they
        // save. Java threads use the other cores, with one batch per thread.
        static {
            // Convolutions obey only this variable. On a busy machine OpenMP's threads wait for each other, and a
            // training step takes minutes.
            NativeEnvironment.setDefault("OMP_NUM_THREADS", "1");
            // The number of threads per operation. (setMaxThreads() has no effect in this release.)
            Nd4j.getEnvironment().setMaxMasterThreads(1);
            if (Nd4j.getEnvironment().isCPU()) {
                initialiseBlas();
            }
        }

        static void once() {
            // The static initialiser does the work.
        }
    }
}
