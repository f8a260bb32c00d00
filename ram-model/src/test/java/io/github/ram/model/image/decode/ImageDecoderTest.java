package io.github.ram.model.image.decode;

import static io.github.ram.model.image.decode.EncodedImages.GREY;
import static io.github.ram.model.image.decode.EncodedImages.GREY_ALPHA;
import static io.github.ram.model.image.decode.EncodedImages.PALETTE;
import static io.github.ram.model.image.decode.EncodedImages.RGB;
import static io.github.ram.model.image.decode.EncodedImages.RGB_ALPHA;
import static io.github.ram.model.image.decode.EncodedImages.bytes;
import static io.github.ram.model.image.decode.EncodedImages.chunk;
import static io.github.ram.model.image.decode.EncodedImages.encode;
import static io.github.ram.model.image.decode.EncodedImages.grey;
import static io.github.ram.model.image.decode.EncodedImages.pattern;
import static io.github.ram.model.image.decode.EncodedImages.png;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.ImageShape;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Image files decoded. */
class ImageDecoderTest {

    private static final byte[][] NO_CHUNKS = {};

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp", "gif"})
    void greyImageOfTheModelsSizeIsReadBitForBit(String format) throws Exception {
        byte[] pixels = pattern(28 * 28);

        assertArrayEquals(pixels, decode(28, 28, 1, encode(format, grey(28, 28, pixels))));
    }

    @Test
    void greyJpegIsReadWithoutGamma() throws Exception {
        byte[] pixels = new byte[28 * 28];
        Arrays.fill(pixels, (byte) 100);

        assertArrayEquals(pixels, decode(28, 28, 1, encode("jpeg", grey(28, 28, pixels))));
    }

    @ParameterizedTest
    @CsvSource({"0, 250, 255", "155, 30, 130", "255, 0, 5"})
    void blackInkOfACmykJpegBecomesGrey(int ink, int least, int most) throws Exception {
        WritableRaster cmyk = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 8, 8, 4, null);
        for (int i = 0; i < 64; i++) {
            cmyk.setPixel(i % 8, i / 8, new int[] {255, 255, 255, 255 - ink}); // inverted, as programs write it
        }
        byte[] file = withAdobe(EncodedImages.jpeg(cmyk));

        for (byte grey : decode(8, 8, 1, file)) {
            assertTrue((grey & 0xFF) >= least && (grey & 0xFF) <= most, () -> ink + " became " + (grey & 0xFF));
        }
        assertTrue(new ImageDecoder(new ImageLimits(16, 10_000)).memoryToDecode(file) >= 64 * 7);
    }

    /** Adds Adobe's segment, which says that the four components are CMYK and not YCCK. */
    private static byte[] withAdobe(byte[] jpeg) {
        byte[] adobe = bytes(0xFF, 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0);
        byte[] file = new byte[jpeg.length + adobe.length];
        System.arraycopy(jpeg, 0, file, 0, 2);
        System.arraycopy(adobe, 0, file, 2, adobe.length);
        System.arraycopy(jpeg, 2, file, 2 + adobe.length, jpeg.length - 2);
        return file;
    }

    @Test
    void sixteenBitGreyIsRoundedToEight() throws Exception {
        byte[] file = png(5, 1, 16, GREY, NO_CHUNKS, 0, 0, 0, 0, 128, 0, 129, 0x80, 0, 0xFF, 0xFF);

        // 128 · 255 / 65535 = 0.498, 129 · 255 / 65535 = 0.502, 32768 · 255 / 65535 = 127.502
        assertArrayEquals(bytes(0, 0, 1, 128, 255), decode(1, 5, 1, file));
    }

    @ParameterizedTest
    @CsvSource({"255, 255", "256, 1023", "1023, 1023", "1024, 4095", "4095, 4095", "4096, 65535", "0, 255"})
    void sixteenBitsThatAreHardlyUsedSpanTheWholeRange(int largest, int range) throws Exception {
        byte[] file = png(3, 1, 16, GREY, NO_CHUNKS, 0, 0, 0, largest >> 9, largest >> 1, largest >> 8, largest);
        int half = (largest / 2 * 255 + range / 2) / range;

        assertArrayEquals(bytes(0, half, (largest * 255 + range / 2) / range), decode(1, 3, 1, file));
    }

    @Test
    void theAlphaOfSixteenBitsIsNoColour() throws Exception {
        byte[] file = png(2, 1, 16, GREY_ALPHA, NO_CHUNKS, 0, 0, 255, 0xFF, 0xFF, 0, 51, 0xFF, 0xFF);

        assertArrayEquals(bytes(255, 51), decode(1, 2, 1, file));
    }

    @Test
    void fewBitsOfGreySpanTheWholeRange() throws Exception {
        assertArrayEquals(bytes(255, 0, 255, 255), decode(1, 4, 1, png(4, 1, 1, GREY, NO_CHUNKS, 0, 0b10110000)));
        assertArrayEquals(bytes(0, 85, 170, 255), decode(1, 4, 1, png(4, 1, 2, GREY, NO_CHUNKS, 0, 0b00011011)));
        assertArrayEquals(bytes(0, 17, 238, 255), decode(1, 4, 1, png(4, 1, 4, GREY, NO_CHUNKS, 0, 0x01, 0xEF)));
    }

    @Test
    void paletteIsLookedUp() throws Exception {
        byte[][] palette = {chunk("PLTE", 10, 20, 30, 200, 200, 200, 255, 0, 0)};

        byte[] file = png(3, 1, 8, PALETTE, palette, 0, 2, 0, 1);

        assertArrayEquals(bytes(255, 0, 0, 10, 20, 30, 200, 200, 200), decode(1, 3, 3, file));
    }

    @Test
    void colourBecomesLuma() throws Exception {
        byte[] file = png(4, 1, 8, RGB, NO_CHUNKS, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255, 12, 34, 56);

        assertArrayEquals(bytes(76, 150, 29, 30), decode(1, 4, 1, file));
    }

    @Test
    void greyColoursAreTheirOwnLuma() throws Exception {
        int[] row = new int[1 + 256 * 3];
        byte[] expected = new byte[256];
        for (int v = 0; v < 256; v++) {
            expected[v] = (byte) v;
            row[1 + 3 * v] = v;
            row[2 + 3 * v] = v;
            row[3 + 3 * v] = v;
        }

        assertArrayEquals(expected, decode(1, 256, 1, png(256, 1, 8, RGB, NO_CHUNKS, row)));
    }

    @Test
    void colourModelGetsRedGreenBlueSideBySide() throws Exception {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_3BYTE_BGR);
        image.setRGB(0, 0, 0x010203);
        image.setRGB(1, 0, 0xFDFEFF);
        byte[] expected = bytes(1, 2, 3, 253, 254, 255);

        assertArrayEquals(expected, decode(1, 2, 3, encode("png", image)));
        assertArrayEquals(expected, decode(1, 2, 3, encode("bmp", image)));
    }

    @Test
    void greyIsRepeatedForAColourModel() throws Exception {
        byte[] file = png(2, 1, 8, GREY, NO_CHUNKS, 0, 7, 100);

        assertArrayEquals(bytes(7, 7, 7, 100, 100, 100), decode(1, 2, 3, file));
    }

    @Test
    void transparencyIsLaidOverBlack() throws Exception {
        byte[] greyAlpha = png(3, 1, 8, GREY_ALPHA, NO_CHUNKS, 0, 200, 255, 200, 128, 200, 0);
        byte[] colourAlpha = png(1, 1, 8, RGB_ALPHA, NO_CHUNKS, 0, 200, 100, 50, 51);
        byte[] sixteenBits = png(1, 1, 16, GREY_ALPHA, NO_CHUNKS, 0, 200, 200, 128, 128);

        assertArrayEquals(bytes(200, 100, 0), decode(1, 3, 1, greyAlpha));
        assertArrayEquals(bytes(40, 20, 10), decode(1, 1, 3, colourAlpha));
        assertArrayEquals(bytes(100), decode(1, 1, 1, sixteenBits));
    }

    @Test
    void transparentColourIsBlack() throws Exception {
        byte[] inGrey = png(3, 1, 8, GREY, new byte[][] {chunk("tRNS", 0, 90)}, 0, 89, 90, 91);
        byte[] inColour = png(2, 1, 8, RGB, new byte[][] {chunk("tRNS", 0, 9, 0, 8, 0, 7)}, 0, 9, 8, 7, 9, 8, 6);
        byte[][] palette = {chunk("PLTE", 50, 50, 50, 60, 60, 60), chunk("tRNS", 255, 0)};
        byte[] inPalette = png(2, 1, 8, PALETTE, palette, 0, 0, 1);

        assertArrayEquals(bytes(89, 0, 91), decode(1, 3, 1, inGrey));
        assertArrayEquals(bytes(0, 0, 0, 9, 8, 6), decode(1, 2, 3, inColour));
        assertArrayEquals(bytes(50, 0), decode(1, 2, 1, inPalette));
    }

    @Test
    void gammaProfilesAndTextLeaveTheSamplesAlone() throws Exception {
        byte[][] metadata = {
            chunk("gAMA", 0, 0, 0x40, 0),
            chunk("iCCP", 'x', 0, 0, 1, 2, 3),
            chunk("zTXt", 'x', 0, 0, 1, 2, 3),
            chunk("teSt", 1, 2, 3)
        };

        assertArrayEquals(bytes(1, 100, 200), decode(1, 3, 1, png(3, 1, 8, GREY, metadata, 0, 1, 100, 200)));
    }

    @Test
    void firstFrameOfAnAnimationIsRead() throws Exception {
        byte[] first = pattern(64);
        byte[] file = EncodedImages.gif(grey(8, 8, first), grey(8, 8, new byte[64]));

        assertArrayEquals(first, decode(8, 8, 1, file));
    }

    @Test
    void interlacedGifIsReadWhole() throws Exception {
        for (int height = 5; height < 20; height++) {
            byte[] pixels = pattern(3 * height);
            byte[] file = encode("gif", grey(3, height, pixels));
            assertArrayEquals(pixels, decode(height, 3, 1, file), "height " + height);
        }
    }

    @Test
    void bytesAfterTheEndAreIgnored() throws Exception {
        byte[] file = png(2, 1, 8, GREY, NO_CHUNKS, 0, 3, 4);
        byte[] longer = Arrays.copyOf(file, file.length + 100);

        assertArrayEquals(bytes(3, 4), decode(1, 2, 1, longer));
    }

    @Test
    void imageOfMixedFormatsIsDecodedOnManyThreadsAtOnce() throws Exception {
        byte[] pixels = pattern(28 * 28);
        List<byte[]> files = List.of(
                encode("png", grey(28, 28, pixels)),
                encode("bmp", grey(28, 28, pixels)),
                encode("gif", grey(28, 28, pixels)));
        ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<byte[]>> decoded = new ArrayList<>();
            for (int i = 0; i < 120; i++) {
                byte[] file = files.get(i % files.size());
                decoded.add(threads.submit(
                        () -> decoder.decode(file, Cancellation.NEVER).scaled(new ImageShape(28, 28, 1))));
            }
            for (Future<byte[]> image : decoded) {
                assertArrayEquals(pixels, image.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void limitsOutOfRangeAreRefused() {
        assertEquals(
                "maxSide must be in [1, 16384], got 0",
                assertThrows(IllegalArgumentException.class, () -> new ImageLimits(0, 1))
                        .getMessage());
        assertEquals(
                "maxBytes must be at least 1, got 0",
                assertThrows(IllegalArgumentException.class, () -> new ImageLimits(1, 0))
                        .getMessage());
        assertTrue(ImageLimits.DEFAULT.maxSide() == 4096 && ImageLimits.DEFAULT.maxBytes() == 1_048_576);
    }

    @Test
    void memoryIsThatOfThePixelsAndTheStrippedFile() throws Exception {
        byte[] deep = png(60, 50, 16, RGB_ALPHA, NO_CHUNKS, 0);
        byte[] jpeg = encode("jpeg", new BufferedImage(60, 50, BufferedImage.TYPE_INT_RGB));

        assertEquals(60 * 50 * 8 + deep.length, memory(deep));
        assertEquals(60 * 50 * 3 + jpeg.length, memory(jpeg));
        assertEquals(60 * 50, memory(encode("gif", grey(60, 50, pattern(3000)))), 8000);
        assertEquals(60 * 50, memory(encode("bmp", grey(60, 50, pattern(3000)))), 8000);
    }

    @Test
    void decodingLeavesNoFinalizersBehind() throws Exception {
        byte[] file = encode("png", grey(28, 28, pattern(28 * 28)));

        long before = finalizers();
        for (int i = 0; i < 200; i++) {
            decode(28, 28, 1, file);
        }

        assertTrue(finalizers() < before + 100, "a finalizer keeps each file and its reader for two collections");
    }

    /** Returns how many objects of the heap have a finalizer, objects that nothing refers to included. */
    private static long finalizers() throws Exception {
        String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[] {"-all"}},
                        new String[] {String[].class.getName()});
        Matcher line = Pattern.compile(":\\s+(\\d+)\\s+\\d+\\s+java\\.lang\\.ref\\.Finalizer ")
                .matcher(histogram);
        return line.find() ? Long.parseLong(line.group(1)) : 0;
    }

    private static long memory(byte[] file) throws ImageException {
        return new ImageDecoder(ImageLimits.DEFAULT).memoryToDecode(file);
    }

    private static byte[] decode(int height, int width, int channels, byte[] file) throws ImageException {
        DecodedImage image = new ImageDecoder(ImageLimits.DEFAULT).decode(file, Cancellation.NEVER);
        ImageShape shape = new ImageShape(height, width, channels);
        assertEquals(shape, image.shape(channels));
        return image.scaled(shape);
    }
}
