package io.github.ram.model.image.digit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.ImageShape;
import io.github.ram.model.image.decode.Cancellation;
import io.github.ram.model.image.decode.EncodedImages;
import io.github.ram.model.image.decode.ImageLimits;
import java.awt.image.BufferedImage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images whose reading is cancelled. */
class CancellationTest {

    private static final int SIDE = 600;

    private final Preprocessor preprocessor =
            new Preprocessor(new ImageShape(28, 28, 1), new ImageLimits(SIDE, 1 << 21));

    /** Cancellation for some calls, and then not. */
    private static final class Patience implements Cancellation {

        private final RuntimeException end = new IllegalStateException("enough");
        private final int most;
        private int calls;

        Patience(int most) {
            this.most = most;
        }

        @Override
        public void throwIfCancelled() {
            if (++calls > most) {
                throw end;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "progressive", "bmp", "gif"})
    void readingStopsWhereverItIs(String format) throws Exception {
        byte[] file = file(format);
        Patience endless = new Patience(Integer.MAX_VALUE);
        ModelInput whole = preprocessor.prepare(file, PreprocessingMode.MNIST, endless);
        assertEquals(new InputOrigin.Size(SIDE, SIDE), whole.origin().picture());
        assertTrue(endless.calls > SIDE, () -> "checked only " + endless.calls + " times");

        for (int most = 0; most < endless.calls; most += 1 + endless.calls / 50) {
            Patience patience = new Patience(most);

            RuntimeException thrown = assertThrows(
                    RuntimeException.class, () -> preprocessor.prepare(file, PreprocessingMode.MNIST, patience));

            assertSame(patience.end, thrown);
            int more = patience.calls - most;
            assertTrue(more <= 3, () -> "did not stop, and checked " + more + " times");
        }
    }

    private static byte[] file(String format) throws Exception {
        BufferedImage image = DrawnDigits.drawn(1, SIDE, SIDE, DrawnDigits.BLACK, DrawnDigits.WHITE);
        return format.equals("progressive")
                ? EncodedImages.progressiveJpeg(image)
                : EncodedImages.encode(format, image);
    }
}
