package io.github.ram.model.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.ImageShape;
import java.awt.image.BufferedImage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images that are not wanted any more while they are read. */
class WantedTest {

    private static final int SIDE = 600;

    private final ImageDecoder decoder = new ImageDecoder(new ImageShape(28, 28, 1), new ImageLimits(SIDE, 1 << 21));

    /** Wanted for some calls, and then not. */
    private static final class Patience implements Wanted {

        private final RuntimeException end = new IllegalStateException("enough");
        private final int most;
        private int calls;

        Patience(int most) {
            this.most = most;
        }

        @Override
        public void require() {
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
        PreparedImage whole = decoder.decode(file, Preprocess.MNIST, endless);
        assertEquals(new Preprocessing.Size(SIDE, SIDE), whole.preprocessing().picture());
        assertTrue(endless.calls > SIDE, () -> "asked only " + endless.calls + " times");

        for (int most = 0; most < endless.calls; most += 1 + endless.calls / 50) {
            Patience patience = new Patience(most);

            RuntimeException thrown =
                    assertThrows(RuntimeException.class, () -> decoder.decode(file, Preprocess.MNIST, patience));

            assertSame(patience.end, thrown);
            int more = patience.calls - most;
            assertTrue(more <= 3, () -> "went on, and asked " + more + " times");
        }
    }

    private static byte[] file(String format) throws Exception {
        BufferedImage image = DrawnDigits.drawn(1, SIDE, SIDE, DrawnDigits.BLACK, DrawnDigits.WHITE);
        return format.equals("progressive")
                ? EncodedImages.progressiveJpeg(image)
                : EncodedImages.encode(format, image);
    }
}
