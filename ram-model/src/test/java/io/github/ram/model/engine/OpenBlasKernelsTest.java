package io.github.ram.model.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class OpenBlasKernelsTest {

    private static List<String> processor(String vendor, String flags) {
        return List.of("processor\t: 0", "vendor_id\t: " + vendor, "cpu family\t: 26", "flags\t\t: " + flags, "");
    }

    @Test
    void amdsProcessorsWithAvx512WantHelp() {
        assertTrue(OpenBlasKernels.wantsHelp(
                processor("AuthenticAMD", "fpu sse2 fma avx2 avx512f avx512dq avx512ifma avx512cd avx512bw avx512vl")));
    }

    @Test
    void thoseWithoutPartOfItDoNot() {
        assertFalse(OpenBlasKernels.wantsHelp(processor("AuthenticAMD", "fpu sse2 fma avx2")));
        assertFalse(OpenBlasKernels.wantsHelp(
                processor("AuthenticAMD", "fpu sse2 fma avx2 avx512f avx512dq avx512cd avx512bw")));
    }

    @Test
    void thoseThatOpenBlasKnowsDoNot() {
        assertFalse(OpenBlasKernels.wantsHelp(
                processor("GenuineIntel", "fma avx2 avx512f avx512dq avx512cd avx512bw avx512vl")));
    }

    @Test
    void whatSaysNothingOfAProcessorDoesNot() {
        assertFalse(OpenBlasKernels.wantsHelp(List.of()));
        assertFalse(OpenBlasKernels.wantsHelp(List.of("vendor_id", "flags")));
    }
}
