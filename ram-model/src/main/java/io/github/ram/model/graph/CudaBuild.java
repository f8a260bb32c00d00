package io.github.ram.model.graph;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import io.github.ram.model.EngineChoice;
import java.util.List;

/** The builds with CUDA. In each of them another engine runs on a GPU, with another release of CUDA. */
enum CudaBuild {
    /**
     * The profile {@code cuda}. ND4J's binaries have machine code for compute capabilities 3.7 and 5.0 to 8.6, and no
     * PTX, which a driver could compile for other GPUs.
     */
    ND4J(EngineChoice.SAMEDIFF, "the NVIDIA driver or CUDA 11.6", "11.0", "ND4J's binaries run on 3.7 and 5.0 to 8.9") {

        private static final String RUNTIME = "org.bytedeco.cuda.global.cudart";

        @Override
        boolean present() {
            return CudaBuild.class.getResource("/" + RUNTIME.replace('.', '/') + ".class") != null;
        }

        /** JavaCPP loads the libraries, also from folders that only JavaCPP knows. */
        @Override
        void load() {
            try {
                Class.forName(RUNTIME);
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException("this program does not support the version of the CUDA classes", e);
            }
        }

        @Override
        boolean hasCodeFor(int major, int minor) {
            return major == 3 && minor >= 7 || major >= 5 && major <= 8;
        }
    },
    /**
     * The profile {@code cuda12} on Linux. ONNX Runtime's binaries have machine code for compute capabilities 6.0, 7.0,
     * 7.5, 8.0 and 9.0. The driver compiles their PTX of 9.0 for newer GPUs. Those for Windows have code for others.
     */
    ONNX_RUNTIME(
            EngineChoice.ONNXRUNTIME,
            "the NVIDIA driver, CUDA 12 or cuDNN 9",
            "12",
            "ONNX Runtime's binaries run on 6.0 and newer") {

        @Override
        boolean present() {
            return OnnxLibraries.contain("onnxruntime_providers_cuda") && Platform.isLinux();
        }

        /** Finds a library that is missing, before ONNX Runtime misses it: ONNX Runtime logs its own errors. */
        @Override
        void load() {
            for (String library : List.of(
                    "libcuda.so.1",
                    "libcublasLt.so.12",
                    "libcublas.so.12",
                    "libcurand.so.10",
                    "libcufft.so.11",
                    "libcudnn.so.9")) {
                NativeLibrary.getInstance(library);
            }
        }

        @Override
        boolean hasCodeFor(int major, int minor) {
            return major >= 6;
        }
    };

    private final EngineChoice engine;
    private final String needs;
    private final String runtime;
    private final String capabilities;

    CudaBuild(EngineChoice engine, String needs, String runtime, String capabilities) {
        this.engine = engine;
        this.needs = needs;
        this.runtime = runtime;
        this.capabilities = capabilities;
    }

    /** The engine that runs on a GPU. */
    EngineChoice engine() {
        return engine;
    }

    /** What the machine has to have, as the subject of "is not installed". */
    String needs() {
        return needs;
    }

    /** The compute capabilities that the binaries run on, as a clause. */
    String capabilities() {
        return capabilities;
    }

    /** Whether this program is such a build. */
    abstract boolean present();

    /**
     * Loads the libraries that the engine needs.
     *
     * @throws LinkageError if one is missing
     */
    abstract void load();

    /** Whether a GPU of this compute capability runs the engine's binaries. */
    abstract boolean hasCodeFor(int major, int minor);

    /** Returns CUDA's runtime library. */
    NativeLibrary runtime() {
        return NativeLibrary.getInstance(
                Platform.isWindows() ? "cudart64_" + runtime.replace(".", "") : "libcudart.so." + runtime);
    }
}
