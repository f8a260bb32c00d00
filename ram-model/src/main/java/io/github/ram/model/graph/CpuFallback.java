package io.github.ram.model.graph;

import org.nd4j.linalg.cpu.nativecpu.CpuBackend;

/**
 * ND4J's CPU backend, put before the one for CUDA wherever no GPU can be used: that one would say so with a
 * stack trace. Public because ND4J makes it, as a service.
 */
public final class CpuFallback extends CpuBackend {

    /** For the service loader: ND4J comes by here before it loads any library, whoever starts it. */
    public CpuFallback() {
        OpenBlasKernels.choose();
    }

    @Override
    public int getPriority() {
        return Cuda.used() ? BACKEND_PRIORITY_CPU - 1 : BACKEND_PRIORITY_GPU + 1;
    }
}
