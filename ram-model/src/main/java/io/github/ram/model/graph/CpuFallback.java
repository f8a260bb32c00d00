package io.github.ram.model.graph;

import io.github.ram.model.EngineChoice;
import org.nd4j.linalg.cpu.nativecpu.CpuBackend;

/**
 * ND4J's CPU backend. Without a usable GPU it has priority over the CUDA backend, which would log a stack trace. The
 * class is public because ND4J creates it as a service.
 */
public final class CpuFallback extends CpuBackend {

    /** Called by ND4J's service loader before ND4J loads any native library. */
    public CpuFallback() {
        OpenBlasKernels.choose();
    }

    @Override
    public int getPriority() {
        return Backend.usesGpu(EngineChoice.SAMEDIFF) ? BACKEND_PRIORITY_CPU - 1 : BACKEND_PRIORITY_GPU + 1;
    }
}
