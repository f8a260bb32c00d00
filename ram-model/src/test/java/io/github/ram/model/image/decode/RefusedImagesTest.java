package io.github.ram.model.image.decode;

import static io.github.ram.model.image.decode.EncodedImages.GREY;
import static io.github.ram.model.image.decode.EncodedImages.RGB;
import static io.github.ram.model.image.decode.EncodedImages.ascii;
import static io.github.ram.model.image.decode.EncodedImages.chunk;
import static io.github.ram.model.image.decode.EncodedImages.encode;
import static io.github.ram.model.image.decode.EncodedImages.grey;
import static io.github.ram.model.image.decode.EncodedImages.pattern;
import static io.github.ram.model.image.decode.EncodedImages.png;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.ImageShape;
import io.github.ram.model.image.decode.ImageException.Reason;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedImagesTest {

    private static final byte[][] NO_CHUNKS = {};
    private static final String NOT_AN_IMAGE = "the file is not a PNG, JPEG, BMP, GIF or WebP image: convert it to PNG";

    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);

    @Test
    void emptyFileIsRefused() {
        assertRefused(Reason.EMPTY, "the image file is empty", new byte[0]);
    }

    @Test
    void textIsNotAnImage() {
        assertRefused(Reason.UNSUPPORTED_FORMAT, NOT_AN_IMAGE, ascii("{\"pixels\": [[0, 1], [2, 3]]}"));
    }

    @Test
    void randomBytesAreNotAnImage() {
        byte[] noise = new byte[1000];
        new Random(1).nextBytes(noise);

        assertRefused(Reason.UNSUPPORTED_FORMAT, NOT_AN_IMAGE, noise);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiff", "wbmp"})
    void otherFormatsThatTheJdkKnowsAreRefused(String format) {
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_BINARY);

        assertRefused(Reason.UNSUPPORTED_FORMAT, NOT_AN_IMAGE, encode(format, image));
    }

    @Test
    void randomBytesAfterASignatureAreMalformed() {
        byte[] noise = new byte[1000];
        for (int seed = 0; seed < 50; seed++) {
            new Random(seed).nextBytes(noise);
            for (String format : new String[] {"png", "jpeg", "gif"}) {
                byte[] file = noise.clone();
                System.arraycopy(encode(format, grey(1, 1, new byte[1])), 0, file, 0, 8);
                assertEquals(Reason.MALFORMED, refusal(file).reason(), format + " " + seed);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp", "jpeg"})
    void everyFileCutShortIsRefused(String format) {
        byte[] file = encode(format, grey(6, 6, pattern(36)));
        for (int length = 1; length < file.length; length++) {
            ImageException e = refusal(Arrays.copyOf(file, length));
            boolean signatureCut = length < 8 && e.reason() == Reason.UNSUPPORTED_FORMAT;
            assertTrue(signatureCut || e.reason() == Reason.MALFORMED, format + " cut to " + length);
        }
    }

    /** All but the last byte of a GIF is its one frame: the trailer says only that no other follows. */
    @Test
    void everyGifCutShortIsRefused() {
        byte[] file = encode("gif", grey(6, 6, pattern(36)));
        for (int length = 1; length < file.length - 1; length++) {
            ImageException e = refusal(Arrays.copyOf(file, length));
            boolean signatureCut = length < 6 && e.reason() == Reason.UNSUPPORTED_FORMAT;
            assertTrue(signatureCut || e.reason() == Reason.MALFORMED, "cut to " + length);
        }
    }

    @Test
    void pngWithAnyByteFlippedIsRefused() {
        byte[] file = encode("png", grey(6, 6, pattern(36)));
        for (int at = 0; at < file.length; at++) {
            byte[] damaged = file.clone();
            damaged[at] ^= (byte) 0xFF;
            assertEquals(
                    at < 8 ? Reason.UNSUPPORTED_FORMAT : Reason.MALFORMED,
                    refusal(damaged).reason(),
                    "byte " + at);
        }
    }

    /** Without checksums a flipped byte may go unseen, but nothing other than a refusal may come of it. */
    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "bmp", "gif"})
    void flippedByteIsDecodedOrRefused(String format) {
        BufferedImage image = grey(6, 6, pattern(36));
        byte[] file = encode(format, image);
        int refused = 0;
        for (int at = 0; at < file.length; at++) {
            for (int flip : new int[] {0x01, 0x80, 0xFF}) {
                byte[] damaged = file.clone();
                damaged[at] ^= (byte) flip;
                try {
                    assertEquals(36, pixels(decoder, damaged).length);
                } catch (ImageException e) {
                    assertOneClearLine(e);
                    refused++;
                }
            }
        }
        assertTrue(refused > 0, "no flip was noticed");
    }

    @Test
    void jpegWithItsMiddleMissingIsRefused() {
        byte[] file = encode("jpeg", grey(64, 64, pattern(64 * 64)));
        byte[] shorter = Arrays.copyOf(file, file.length - 500);
        shorter[shorter.length - 2] = (byte) 0xFF;
        shorter[shorter.length - 1] = (byte) 0xD9;

        assertRefused(Reason.MALFORMED, "the JPEG image is damaged or incomplete", shorter);
    }

    @Test
    void pngWithTooFewRowsIsRefused() {
        byte[] file = png(6, 6, 8, GREY, NO_CHUNKS, 0, 1, 2, 3, 4, 5, 6);

        assertRefused(Reason.MALFORMED, "the PNG image is damaged or incomplete", file);
    }

    @Test
    void hugePngIsRefusedFromItsHeader() {
        assertRefused(
                Reason.TOO_LARGE,
                "the image has 60000×60000 pixels, more than the 4096×4096 allowed",
                png(60000, 60000, 16, RGB, NO_CHUNKS, 0));
    }

    @Test
    void pngOneColumnTooWideIsRefusedAndTheLargestIsRead() throws Exception {
        ImageDecoder small = new ImageDecoder(new ImageLimits(3, 1000));

        assertEquals(36, pixels(small, png(3, 1, 8, GREY, NO_CHUNKS, 0, 1, 2, 3)).length);
        ImageException e =
                assertThrows(ImageException.class, () -> pixels(small, png(4, 1, 8, GREY, NO_CHUNKS, 0, 1, 2, 3, 4)));
        assertEquals("the image has 4×1 pixels, more than the 3×3 allowed", e.getMessage());
    }

    @Test
    void fileOfTooManyBytesIsRefused() {
        assertRefused(
                Reason.TOO_LARGE, "the file has 1048577 bytes, more than the 1048576 allowed", new byte[(1 << 20) + 1]);
    }

    @Test
    void chunkThatAnnouncesMoreThanTheFileHoldsIsRefused() {
        byte[] chunk = chunk("PLTE", 1, 2, 3);
        ByteBuffer.wrap(chunk).putInt(0, 0x7FFFFFFF);

        assertRefused(
                Reason.MALFORMED, "the PNG image is damaged or incomplete", png(6, 6, 8, RGB, new byte[][] {chunk}, 0));
    }

    @Test
    void bmpOfNoWidthIsRefused() {
        byte[] file = encode("bmp", grey(6, 6, pattern(36)));
        bmp(file).putInt(18, 0);

        assertRefused(Reason.MALFORMED, "the BMP image is damaged or incomplete", file);
    }

    @Test
    void bmpThatEmbedsAnotherFileIsRefused() {
        byte[] file = encode("bmp", grey(6, 6, pattern(36)));
        bmp(file).putInt(30, 5);

        assertRefused(Reason.UNUSABLE, "the BMP image is compressed: save it as PNG", file);
    }

    @Test
    void bmpThatNamesAProfileFileIsRefused() {
        byte[] file = Arrays.copyOf(encode("bmp", grey(6, 6, pattern(36))), 2000);
        bmp(file).putInt(14, 124).putInt(70, 0x4c494e4b);

        assertRefused(Reason.UNUSABLE, "the BMP image has a colour profile: save it as PNG", file);
    }

    @Test
    void interlacedGifOfFewRowsIsRefused() {
        assertRefused(
                Reason.UNUSABLE,
                "the GIF image is interlaced and has only 4 rows: save it as PNG",
                encode("gif", grey(4, 4, pattern(16))));
    }

    @Test
    void jpegOfTwoColourComponentsIsRefused() throws Exception {
        WritableRaster two = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 8, 8, 2, null);

        assertRefused(
                Reason.UNUSABLE,
                "the JPEG image has 2 colour components, not 1, 3 or 4:"
                        + " save it as PNG or as a baseline RGB or grey JPEG",
                EncodedImages.jpeg(two));
    }

    @Test
    void cmykJpegThatWasCutShortIsRefused() throws Exception {
        WritableRaster cmyk = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 64, 64, 4, null);
        int[] noise = new SplittableRandom(1).ints(64 * 64 * 4, 0, 256).toArray();
        cmyk.setPixels(0, 0, 64, 64, noise);
        byte[] file = EncodedImages.jpeg(cmyk);
        byte[] cut = Arrays.copyOf(file, file.length / 2 + 2);
        cut[cut.length - 3] = 0;
        cut[cut.length - 2] = (byte) 0xFF;
        cut[cut.length - 1] = (byte) 0xD9;

        assertRefused(Reason.MALFORMED, "the JPEG image is damaged or incomplete", cut);
    }

    @Test
    void jpegWithThousandsOfScansIsRefused() throws Exception {
        byte[] file = encode("jpeg", grey(6, 6, pattern(36)));
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        bomb.write(file, 0, file.length - 2);
        for (int i = 0; i < 5000; i++) {
            bomb.writeBytes(EncodedImages.bytes(0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 0x55));
        }
        bomb.write(file, file.length - 2, 2);

        assertRefused(
                Reason.UNUSABLE,
                "the JPEG image has more than 32 scans: save it as PNG or as a baseline RGB or grey JPEG",
                bomb.toByteArray());
    }

    private static ByteBuffer bmp(byte[] file) {
        return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void assertRefused(Reason reason, String message, byte[] file) {
        ImageException e = refusal(file);
        assertEquals(message, e.getMessage());
        assertEquals(reason, e.reason());
    }

    private ImageException refusal(byte[] file) {
        ImageException e = assertThrows(ImageException.class, () -> pixels(decoder, file));
        assertOneClearLine(e);
        return e;
    }

    private static byte[] pixels(ImageDecoder decoder, byte[] file) throws ImageException {
        return decoder.decode(file, Cancellation.NEVER).scaled(new ImageShape(6, 6, 1));
    }

    private static void assertOneClearLine(ImageException e) {
        String message = e.getMessage();
        assertTrue(message.startsWith("the "), message);
        assertFalse(message.contains("\n") || message.contains("Exception") || message.contains("null"), message);
    }
}
