package io.github.ram.model.image.draw;

import static io.github.ram.model.image.decode.EncodedImages.bytes;
import static io.github.ram.model.image.decode.EncodedImages.pattern;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.AttentionMap;
import io.github.ram.model.Box;
import io.github.ram.model.ImageShape;
import io.github.ram.model.image.decode.Cancellation;
import io.github.ram.model.image.decode.ImageDecoder;
import io.github.ram.model.image.decode.ImageLimits;
import java.awt.image.BufferedImage;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class GlimpseRendererTest {

    private static final int SURROUND = 0xFF20242E;
    private static final int CASING = 0xFF0B0D12;
    private static final int FIRST = 0xFF6C6CFF;
    private static final int LAST = 0xFFFFF27A;

    private final GlimpseRenderer picture = new GlimpseRenderer(new ImageShape(28, 28, 1));
    private final List<Box> two = List.of(new Box(0, 0, 8, 8), new Box(20, 18, 8, 8));

    @Test
    void imageIsEnlargedWithRoomForHalfAGlimpseAround() {
        byte[] pixels = new byte[784];
        pixels[14 * 28 + 13] = (byte) 200;

        BufferedImage drawn = picture.draw(pixels, two);

        // (28 + 2 · 4) · 14; pixel (13, 14) fills x from (13 + 4) · 14 = 238, y from (14 + 4) · 14 = 252
        assertEquals(504, drawn.getWidth());
        assertEquals(504, drawn.getHeight());
        assertEquals(0xFFC8C8C8, drawn.getRGB(238, 265));
        assertEquals(0xFFC8C8C8, drawn.getRGB(251, 252));
        assertEquals(0xFF000000, drawn.getRGB(252, 252));
        assertEquals(0xFF000000, drawn.getRGB(251, 251));
        assertEquals(SURROUND, drawn.getRGB(55, 300));
        assertEquals(0xFF000000, drawn.getRGB(56, 300));
    }

    @Test
    void boxesAreFramedFromTheFirstColourToTheLast() {
        BufferedImage drawn = picture.draw(new byte[784], two);

        // The first box covers [56, 168) both ways, the second [336, 448) × [308, 420).
        assertEquals(CASING, drawn.getRGB(55, 55));
        assertEquals(FIRST, drawn.getRGB(56, 56));
        assertEquals(FIRST, drawn.getRGB(167, 167));
        assertEquals(FIRST, drawn.getRGB(58, 90));
        assertEquals(CASING, drawn.getRGB(59, 90));
        assertEquals(LAST, drawn.getRGB(336, 308));
        assertEquals(LAST, drawn.getRGB(447, 419));
        assertEquals(CASING, drawn.getRGB(448, 420));
    }

    @Test
    void labelSitsOnTheCentreOfItsBox() {
        BufferedImage drawn = picture.draw(new byte[784], two);

        // The centre (112, 112) is the stem of a 1; the disc reaches 12 pixels from it.
        assertEquals(CASING, drawn.getRGB(112, 112));
        assertEquals(FIRST, drawn.getRGB(104, 116));
        assertEquals(FIRST, drawn.getRGB(112, 122));
    }

    @Test
    void attentionIsMixedIntoTheImageMapByMap() {
        GlimpseRenderer small = new GlimpseRenderer(new ImageShape(2, 4, 1));
        AttentionMap columns = new AttentionMap("a", 1, 2, List.of(0f, 0.5f), List.of());
        AttentionMap none = new AttentionMap("b", 1, 1, List.of(0f), List.of());

        BufferedImage drawn = small.drawAttention(new byte[8], List.of(columns, none));

        // Black mixed half and half with 0x14161D, the ramp's first colour, and 0xFFF0A0, its last.
        assertEquals(816, drawn.getWidth());
        assertEquals(200, drawn.getHeight());
        assertEquals(0xFF0A0B0F, drawn.getRGB(199, 0));
        assertEquals(0xFF807850, drawn.getRGB(200, 199));
        assertEquals(SURROUND, drawn.getRGB(400, 100));
        assertEquals(0xFF0A0B0F, drawn.getRGB(815, 199));
    }

    @Test
    void coloursAreKept() {
        BufferedImage drawn =
                new GlimpseRenderer(new ImageShape(1, 2, 3)).draw(bytes(255, 128, 1, 0, 2, 250), List.of());

        assertEquals(400, drawn.getWidth());
        assertEquals(200, drawn.getHeight());
        assertEquals(0xFFFF8001, drawn.getRGB(199, 100));
        assertEquals(0xFF0002FA, drawn.getRGB(200, 100));
    }

    @Test
    void stripShowsThePixelsOfEachGlimpse() {
        byte[] pixels = new byte[784];
        pixels[18 * 28 + 20] = (byte) 90; // first pixel of the second glimpse
        pixels[7 * 28 + 7] = (byte) 91; // last pixel of the first glimpse

        BufferedImage strip = picture.drawStrip(pixels, two);

        // Two cells of (504 − 3 · 16) / 2 = 228 below each other, from x = 504; 28 pixels for one.
        assertEquals(504 + 228 + 16, strip.getWidth());
        assertEquals(504, strip.getHeight());
        assertEquals(FIRST, strip.getRGB(504 + 224, 16 + 224));
        assertEquals(0xFF5B5B5B, strip.getRGB(504 + 223, 16 + 223));
        assertEquals(0xFF5B5B5B, strip.getRGB(504 + 196, 16 + 196));
        assertEquals(0xFF000000, strip.getRGB(504 + 195, 16 + 196));
        assertEquals(0xFF5A5A5A, strip.getRGB(504 + 27, 260 + 27));
        assertEquals(0xFF000000, strip.getRGB(504 + 28, 260 + 27));
        assertEquals(LAST, strip.getRGB(504 + 100, 260 - 1));
    }

    @Test
    void stripLeavesOutWhatLiesBeyondTheBorder() {
        BufferedImage strip = picture.drawStrip(new byte[784], List.of(new Box(-4, 24, 8, 8)));

        assertEquals(SURROUND, strip.getRGB(504 + 111, 16 + 50));
        assertEquals(0xFF000000, strip.getRGB(504 + 112, 16 + 111));
        assertEquals(SURROUND, strip.getRGB(504 + 112, 16 + 112));
    }

    @Test
    void boxesFarPastTheBorderAreDrawnAsFarAsTheyAreSeen() {
        int most = Integer.MAX_VALUE;
        List<Box> boxes = List.of(
                new Box(Integer.MIN_VALUE, Integer.MIN_VALUE, most, most),
                new Box(most, most, most, most),
                new Box(-1_000_000, 5, 2_000_000, 3));

        BufferedImage drawn = picture.draw(new byte[784], boxes);

        // The margin ends at half the image: (28 + 2 · 14) · 14 a side.
        assertEquals(784, drawn.getWidth());
        assertEquals(LAST, drawn.getRGB(0, (5 + 14) * 14));
        assertEquals(LAST, drawn.getRGB(783, (5 + 14) * 14));
        assertEquals(SURROUND, drawn.getRGB(20, 700));
        assertEquals(784, picture.drawStrip(new byte[784], boxes).getHeight());
    }

    @Test
    void samePictureIsTheSameFile() {
        byte[] pixels = pattern(784);
        List<Box> six = Collections.nCopies(6, new Box(9, 11, 8, 8));

        byte[] file = GlimpseRenderer.png(picture.drawStrip(pixels, six));

        assertArrayEquals(
                file, GlimpseRenderer.png(new GlimpseRenderer(new ImageShape(28, 28, 1)).drawStrip(pixels, six)));
    }

    @Test
    void pngIsDecodedToWhatWasDrawn() throws Exception {
        BufferedImage drawn = picture.draw(pattern(784), two);
        int[] expected = drawn.getRaster().getPixels(0, 0, 504, 504, (int[]) null);

        byte[] decoded = new ImageDecoder(ImageLimits.DEFAULT)
                .decode(GlimpseRenderer.png(drawn), Cancellation.NEVER)
                .scaled(new ImageShape(504, 504, 3));

        assertArrayEquals(bytes(expected), decoded);
    }

    @Test
    void luminanceRisesFromTheFirstGlimpseToTheLast() {
        for (int i = 1; i < 12; i++) {
            assertTrue(luma(ColourRamp.TIME.of(i, 12)) > luma(ColourRamp.TIME.of(i - 1, 12)), "glimpse " + i);
        }
        assertEquals(FIRST & 0xFFFFFF, ColourRamp.TIME.of(0, 1));
    }

    @Test
    void labelsInOnePlaceArePartedAndStayInside() {
        double distance = 27;
        List<double[]> corner = Collections.nCopies(8, new double[] {0, 0});

        double[][] labels = LabelPlacement.place(corner, distance, 504, 504);

        for (int i = 0; i < labels.length; i++) {
            assertTrue(labels[i][0] >= 13.5 && labels[i][1] >= 13.5, "label " + i);
            for (int j = 0; j < i; j++) {
                double apart = Math.hypot(labels[i][0] - labels[j][0], labels[i][1] - labels[j][1]);
                assertTrue(apart > 24, "labels " + i + " and " + j + " are " + apart + " apart");
            }
        }
    }

    @Test
    void imageOfAnotherSizeIsRefused() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> picture.draw(new byte[783], List.of()));

        assertEquals("an image of 28×28×1 has 784 values, got 783", e.getMessage());
    }

    @Test
    void imagesOfTwoChannelsAndEmptyGlimpsesAreRefused() {
        ImageShape shape = new ImageShape(28, 28, 2);

        assertEquals(
                "channels must be 1 (grey) or 3 (RGB) to draw images, got 2",
                assertThrows(IllegalArgumentException.class, () -> new GlimpseRenderer(shape))
                        .getMessage());
        assertEquals(
                "a box must be at least 1×1 pixels, got 8×0",
                assertThrows(IllegalArgumentException.class, () -> new Box(0, 0, 8, 0))
                        .getMessage());
    }

    private static double luma(int colour) {
        return 0.299 * (colour >> 16) + 0.587 * (colour >> 8 & 0xFF) + 0.114 * (colour & 0xFF);
    }
}
