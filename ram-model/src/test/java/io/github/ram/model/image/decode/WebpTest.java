package io.github.ram.model.image.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.ImageShape;
import io.github.ram.model.image.decode.ImageException.Reason;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * WebP files of 16×12 pixels, which Google's libwebp wrote: the left half has the colour (200, 100, 50), the right half
 * (10, 20, 240). Those with transparency are clear at the left border and opaque at the right one.
 */
class WebpTest {

    private static final String LOSSY =
            "UklGRkIAAABXRUJQVlA4IDYAAADQAQCdASoQAAwAAMASJaACdLoB+AADsAD++Nn//8b3l/7vN/mwD2nr/zIr/8ZUJf4yp0zAAAA=";
    private static final String LOSSLESS = "UklGRioAAABXRUJQVlA4TB0AAAAvD8ACAA9wCqgr+F4Ifv6DB2LBZP7SvSFE9D9yAQA=";
    private static final String LOSSY_TRANSPARENT =
            "UklGRoAAAABXRUJQVlA4WAoAAAAQAAAADwAACwAAQUxQSCQAAAABfyAQSFLYH3iFiEgdDA"
                    + "JAohBLLLHEEksssUwwQET/A5TT3V9WUDggNgAAANABAJ0BKhAADAAAwBIloAJ0ugH4AAOwAP742f//xveX/u83+bAPaev/Miv/xlQl/jKnTMAA"
                    + "AA==";
    private static final String LOSSLESS_TRANSPARENT =
            "UklGRk4AAABXRUJQVlA4TEIAAAAvD8ACEH9AkG1TiIPdn2cQYsFkd/48sQkEktj2hxlBIJDsLxvCidZDfyAwCACJQyyxxBJLLLHEMMgAEf2PW2MR"
                    + "fwE=";
    /** Lossless, with an Exif chunk that says: turn by 90° clockwise. */
    private static final String TURNED =
            "UklGRl4AAABXRUJQVlA4WAoAAAAIAAAADwAACwAAVlA4TB0AAAAvD8ACAA9wCqgr+F4Ifv6DB2LBZP7SvSF"
                    + "E9D9yAQBFWElGGgAAAE1NACoAAAAIAAEBEgADAAAAAQAGAAAAAAAA";

    private static final String ANIMATED =
            "UklGRrIAAABXRUJQVlA4WAoAAAACAAAADwAACwAAQU5JTQYAAAAAAAAAAABBTk1GTgAAAAAAAAAAAA8AAAs"
                    + "AAGQAAAJWUDggNgAAALABAJ0BKhAADAABQCYloAADXxsloSAA7UP4fDH//82B//5aF/v9/5aF//9Js91//8TYAgAAAEFOTUYwAAAAAAAAAAAADwA"
                    + "ACwAAZAAAAFZQOCAYAAAANAEAnQEqEAAMAAAAJiWkAANwAP79NmgA";

    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);

    @Test
    void aLosslessFileIsReadBitForBit() throws Exception {
        byte[] pixels = pixels(LOSSLESS, 12, 16, 3);

        assertColour(0, pixels, 0, 200, 100, 50);
        assertColour(0, pixels, 12 * 16 - 1, 10, 20, 240);
    }

    @Test
    void aLossyFileHasItsColours() throws Exception {
        byte[] pixels = pixels(LOSSY, 12, 16, 3);

        assertColour(4, pixels, 0, 200, 100, 50);
        assertColour(4, pixels, 12 * 16 - 1, 10, 20, 240);
    }

    @ParameterizedTest
    @ValueSource(strings = {LOSSY_TRANSPARENT, LOSSLESS_TRANSPARENT})
    void transparentPixelsShowTheSameAsInAPng(String file) throws Exception {
        byte[] png = EncodedImages.png(
                2, 1, 8, EncodedImages.RGB_ALPHA, new byte[0][], 0, 200, 100, 50, 0, 10, 20, 240, 255);
        byte[] expected = decoder.decode(png, Cancellation.NEVER).scaled(new ImageShape(1, 2, 3));
        byte[] pixels = pixels(file, 12, 16, 3);

        assertColour(1, pixels, 0, expected[0] & 0xFF, expected[1] & 0xFF, expected[2] & 0xFF);
        assertColour(4, pixels, 15, 10, 20, 240);
    }

    @Test
    void theOrientationOfACameraIsApplied() throws Exception {
        byte[] pixels = pixels(TURNED, 16, 12, 3);

        assertColour(0, pixels, 0, 200, 100, 50);
        assertColour(0, pixels, 11, 200, 100, 50);
        assertColour(0, pixels, 15 * 12, 10, 20, 240);
    }

    @Test
    void anAnimationIsRefused() {
        ImageException e = assertThrows(ImageException.class, () -> pixels(ANIMATED, 12, 16, 3));

        assertEquals(Reason.UNUSABLE, e.reason());
        assertEquals("the WebP image is animated: save one frame as PNG", e.getMessage());
    }

    @Test
    void theMemoryCoversWhatTheReaderKeepsOfALossyFile() throws Exception {
        byte[] file = bytes(LOSSY);

        assertEquals(12 * 16 * (3 + 28) + file.length, decoder.memoryToDecode(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {LOSSY, LOSSLESS, LOSSY_TRANSPARENT, LOSSLESS_TRANSPARENT, TURNED})
    void everyFileCutShortIsRefused(String encoded) {
        byte[] file = bytes(encoded);
        for (int length = 1; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            ImageException e = assertThrows(
                    ImageException.class, () -> decoder.decode(cut, Cancellation.NEVER), "cut to " + length);
            assertEquals(length < 12 ? Reason.UNSUPPORTED_FORMAT : Reason.MALFORMED, e.reason(), "cut to " + length);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {LOSSY, LOSSLESS, LOSSY_TRANSPARENT, LOSSLESS_TRANSPARENT, TURNED})
    void aFlippedByteIsDecodedOrRefused(String encoded) {
        byte[] file = bytes(encoded);
        ImageDecoder small = new ImageDecoder(new ImageLimits(256, 1 << 20)); // some damage makes a huge image
        int refused = 0;
        for (int at = 0; at < file.length; at++) {
            for (int flip : new int[] {0x01, 0x80, 0xFF}) {
                byte[] damaged = file.clone();
                damaged[at] ^= (byte) flip;
                try {
                    DecodedImage image = small.decode(damaged, Cancellation.NEVER);
                    assertTrue(image.shape(1).size() > 0);
                } catch (ImageException e) {
                    assertTrue(e.getMessage().lines().count() == 1, e.getMessage());
                    refused++;
                }
            }
        }
        assertTrue(refused > 30, "only " + refused + " were refused");
    }

    /** The flipped bit asks for codes that the file does not have. The reader took zeros for them, for seconds. */
    @Test
    void aFileThatAsksForMuchMoreThanItHasIsRefused() {
        byte[] damaged = bytes(LOSSLESS);
        damaged[36] ^= (byte) 0x80;

        ImageException e = assertThrows(ImageException.class, () -> decoder.decode(damaged, Cancellation.NEVER));

        assertEquals(Reason.MALFORMED, e.reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {LOSSY, LOSSLESS})
    void decodingStopsWhenItIsCancelled(String encoded) {
        AtomicInteger asked = new AtomicInteger();
        Cancellation later = () -> {
            if (asked.incrementAndGet() > 3) {
                throw new IllegalStateException("too late");
            }
        };

        assertEquals(
                "too late",
                assertThrows(IllegalStateException.class, () -> decoder.decode(bytes(encoded), later))
                        .getMessage());
    }

    private byte[] pixels(String file, int height, int width, int channels) throws ImageException {
        DecodedImage image = decoder.decode(bytes(file), Cancellation.NEVER);
        ImageShape shape = new ImageShape(height, width, channels);
        assertEquals(shape, image.shape(channels));
        return image.scaled(shape);
    }

    private static void assertColour(int tolerance, byte[] pixels, int at, int red, int green, int blue) {
        int[] expected = {red, green, blue};
        for (int channel = 0; channel < 3; channel++) {
            assertEquals(expected[channel], pixels[3 * at + channel] & 0xFF, tolerance, "pixel " + at + ", " + channel);
        }
    }

    private static byte[] bytes(String base64) {
        return Base64.getDecoder().decode(base64);
    }
}
