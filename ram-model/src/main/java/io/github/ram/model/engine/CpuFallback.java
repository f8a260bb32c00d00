package io.github.ram.model.engine;

import org.nd4j.linalg.cpu.nativecpu.CpuBackend;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ND4J's CPU backend, put before the one for CUDA wherever no GPU can be used: that one would say so with a
 * stack trace. Public because ND4J makes it, as a service.
 */
public final class CpuFallback extends CpuBackend {

    private static final Logger LOG = LoggerFactory.getLogger(CpuFallback.class);

    /** For the service loader. */
    public CpuFallback() {
        Cuda cuda = Cuda.find();
        if (cuda.built() && !cuda.usable()) {
            LOG.warn("Computing on the CPU: this build has CUDA, but {}", cuda.obstacle());
        }
    }

    @Override
    public int getPriority() {
        return Cuda.find().usable() ? BACKEND_PRIORITY_CPU - 1 : BACKEND_PRIORITY_GPU + 1;
    }
}
