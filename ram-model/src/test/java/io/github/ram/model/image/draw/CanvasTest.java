package io.github.ram.model.image.draw;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CanvasTest {

    private static final int GROUND = 0x102030;
    private static final int INK = 0xffffff;

    /** The pixels of a text that is written at (4, 4), 20 high. */
    private static int[] written(String text) {
        Canvas canvas = new Canvas(120, 40, GROUND);
        canvas.text(text, 4, 4, 20, INK);
        return canvas.toImage().getRGB(0, 0, 120, 40, null, 0, 120);
    }

    @Test
    void everyLetterAndDigitAndSignLooksLikeNoOther() {
        String signs = "abcdefghijklmnopqrstuvwxyz0123456789%.,:-+=/()×";
        Set<Integer> seen = new HashSet<>();
        for (char sign : signs.toCharArray()) {
            int[] pixels = written(String.valueOf(sign));
            assertNotEquals(Arrays.hashCode(written("")), Arrays.hashCode(pixels), "" + sign);
            assertTrue(seen.add(Arrays.hashCode(pixels)), sign + " looks like another");
        }
    }

    @Test
    void capitalsAreWrittenSmall() {
        assertArrayEquals(written("ram"), written("RAM"));
    }

    @Test
    void anUnknownSignLeavesAGap() {
        assertEquals(Canvas.textWidth("a b", 20), Canvas.textWidth("a☃b", 20));
        assertArrayEquals(written("a b"), written("a☃b"));
    }

    @Test
    void aTextIsAsWideAsItIsSaidToBe() {
        String text = "one million";
        int width = (int) Math.ceil(Canvas.textWidth(text, 10));
        Canvas canvas = new Canvas(width + 40, 30, GROUND);
        canvas.text(text, 10, 10, 10, INK);
        BufferedImage image = canvas.toImage();
        int last = 0;
        int first = image.getWidth();
        for (int x = 0; x < image.getWidth(); x++) {
            for (int y = 0; y < 30; y++) {
                if ((image.getRGB(x, y) & 0xffffff) != GROUND) {
                    first = Math.min(first, x);
                    last = Math.max(last, x);
                }
            }
        }
        assertTrue(Math.abs(first - 10) <= 2, "begins at " + first);
        assertTrue(Math.abs(last - (10 + width)) <= 2, "ends at " + last);
    }

    @Test
    void aPictureIsPutWhereItIsToBeAndCutOffAtTheBorder() {
        BufferedImage picture = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 6; i++) {
            picture.setRGB(i % 3, i / 3, i + 1);
        }
        Canvas canvas = new Canvas(4, 3, GROUND);
        canvas.picture(picture, 2, 1);
        canvas.picture(picture, -2, -1);
        int[] pixels = canvas.toImage().getRGB(0, 0, 4, 3, null, 0, 4);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] &= 0xffffff;
        }
        assertArrayEquals(new int[] {6, GROUND, GROUND, GROUND, GROUND, GROUND, 1, 2, GROUND, GROUND, 4, 5}, pixels);
    }
}
