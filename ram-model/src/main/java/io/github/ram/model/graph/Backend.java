package io.github.ram.model.graph;

import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What models run on, and the settings of ND4J: in this one place, so that a plain {@code java -jar} is fast. */
public final class Backend {

    private static final Logger LOG = LoggerFactory.getLogger(Backend.class);

    private Backend() {}

    /**
     * Starts ND4J with its settings. Whatever computes with ND4J calls it; only the first call does anything, and that
     * takes a second or more.
     */
    public static void initialise() {
        Started.once();
    }

    /** Starts OpenBLAS with its settings, without ND4J. */
    public static void initialiseBlas() {
        OpenBlas.once();
    }

    /** The kernels that compute matrix products on the CPU, for people: for example {@code OpenBLAS Zen}. */
    public static String kernels() {
        initialiseBlas();
        return OpenBlas.KERNELS;
    }

    /**
     * Refuses to go on without a GPU.
     *
     * @throws NoGpuException if models would run on the CPU
     */
    public static void requireGpu() {
        Cuda cuda = Cuda.find();
        if (!cuda.usable()) {
            throw new NoGpuException("a GPU is required, but " + cuda.obstacle());
        }
    }

    /** What models run on: {@code cpu} or {@code cuda}. Known without ND4J. */
    public static String name() {
        return Cuda.used() ? "cuda" : "cpu";
    }

    private static final class OpenBlas {

        private static final String KERNELS;

        static {
            OpenBlasKernels.choose();
            openblas.blas_set_num_threads(1);
            KERNELS = "OpenBLAS " + OpenBlasKernels.used();
            LOG.info("Kernels chosen: kernels=\"{}\"", KERNELS);
        }

        static void once() {
            // The class's initialisation does the work once, before any other thread passes.
        }
    }

    private static final class Started {

        // ND4J and OpenBLAS get one thread each: on arrays as small as these, handing work to their pools
        // costs more than it gives. The cores are used by Java threads with a batch each.
        static {
            // How many threads one operation is spread over. (setMaxThreads() has no effect in this release.)
            Nd4j.getEnvironment().setMaxMasterThreads(1);
            if (Nd4j.getEnvironment().isCPU()) {
                initialiseBlas();
            }
        }

        static void once() {
            // The class's initialisation does the work once, before any other thread passes.
        }
    }
}
