package io.github.ram.model.image;

import static io.github.ram.model.image.EncodedImages.GREY;
import static io.github.ram.model.image.EncodedImages.bytes;
import static io.github.ram.model.image.EncodedImages.chunk;
import static io.github.ram.model.image.EncodedImages.encode;
import static io.github.ram.model.image.EncodedImages.grey;
import static io.github.ram.model.image.EncodedImages.png;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.ram.model.ImageShape;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrientationTest {

    /** How a picture of two rows, 1 2 3 and 4 5 6, is to be turned. */
    @ParameterizedTest
    @CsvSource({
        "1, 123456, 2",
        "2, 321654, 2",
        "3, 654321, 2",
        "4, 456123, 2",
        "5, 142536, 3",
        "6, 415263, 3",
        "7, 635241, 3",
        "8, 362514, 3"
    })
    void picturesAreTurnedUpright(int code, String upright, int rows) throws Exception {
        byte[] expected = new byte[6];
        for (int i = 0; i < 6; i++) {
            expected[i] = (byte) (upright.charAt(i) - '0');
        }
        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            byte[] file = pngWith(exif(order, code));

            assertArrayEquals(expected, decode(rows, file).pixels());
            assertEquals(code, decode(rows, file).preprocessing().orientation());
        }
    }

    @Test
    void photographsAreTurnedUpright() throws Exception {
        // Blocks of 8×8 pixels of one shade, which the JPEG format keeps.
        byte[] stored = blocks(3, 60, 120, 180, 240, 30, 90);
        byte[] upright = blocks(2, 240, 60, 30, 120, 90, 180);

        byte[] photograph = jpegWith(exif(ByteOrder.BIG_ENDIAN, 6), encode("jpeg", grey(24, 16, stored)));

        byte[] pixels = new ImageDecoder(new ImageShape(24, 16, 1), ImageLimits.DEFAULT)
                .decode(photograph, Preprocess.NONE)
                .pixels();
        for (int i = 0; i < pixels.length; i++) {
            assertEquals(upright[i] & 0xFF, pixels[i] & 0xFF, 2, "pixel " + i);
        }
    }

    @Test
    void theOddColumnOfAFittedPictureStaysWhereItIsForAnUprightOne() throws Exception {
        byte[] standing = png(1, 2, 8, GREY, new byte[0][], 0, 8, 0, 9);
        byte[] turned = png(2, 1, 8, GREY, new byte[][] {chunk("eXIf", exif(ByteOrder.BIG_ENDIAN, 6))}, 0, 8, 9);
        ImageDecoder decoder = new ImageDecoder(new ImageShape(2, 2, 1), ImageLimits.DEFAULT);

        assertArrayEquals(
                bytes(8, 0, 9, 0), decoder.decode(standing, Preprocess.NONE).pixels());
        assertArrayEquals(
                bytes(8, 0, 9, 0), decoder.decode(turned, Preprocess.NONE).pixels());
    }

    @Test
    void damagedExifDataLeaveThePictureAsItIsStored() throws Exception {
        byte[] sound = exif(ByteOrder.LITTLE_ENDIAN, 6);
        for (int length = 0; length < 18; length++) {
            assertArrayEquals(
                    bytes(1, 2, 3, 4, 5, 6),
                    decode(2, pngWith(Arrays.copyOf(sound, length))).pixels(),
                    "cut to " + length);
        }
        Random random = new Random(1);
        byte[] noise = new byte[200];
        for (int trial = 0; trial < 500; trial++) {
            random.nextBytes(noise);
            System.arraycopy(sound, 0, noise, 0, random.nextInt(12));
            Orientation.ofExif(ByteBuffer.wrap(noise)); // any will do: it must not fail
        }
        assertArrayEquals(
                bytes(1, 2, 3, 4, 5, 6),
                decode(2, pngWith(exif(ByteOrder.LITTLE_ENDIAN, 9))).pixels());
    }

    private static PreparedImage decode(int rows, byte[] file) throws ImageException {
        return new ImageDecoder(new ImageShape(rows, 6 / rows, 1), ImageLimits.DEFAULT).decode(file, Preprocess.NONE);
    }

    private static byte[] pngWith(byte[] exif) {
        return png(3, 2, 8, GREY, new byte[][] {chunk("eXIf", exif)}, 0, 1, 2, 3, 0, 4, 5, 6);
    }

    private static byte[] jpegWith(byte[] exif, byte[] jpeg) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        out.writeBytes(bytes(0xFF, 0xE1, 0, exif.length + 8, 'E', 'x', 'i', 'f', 0, 0));
        out.writeBytes(exif);
        out.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }

    /** Exif data with the camera's make, which is skipped, and the orientation. */
    static byte[] exif(ByteOrder order, int code) {
        return ByteBuffer.allocate(38)
                .order(order)
                .put((byte) (order == ByteOrder.BIG_ENDIAN ? 'M' : 'I'))
                .put((byte) (order == ByteOrder.BIG_ENDIAN ? 'M' : 'I'))
                .putShort((short) 42)
                .putInt(8)
                .putShort((short) 2)
                .putShort((short) 0x010F)
                .putShort((short) 2)
                .putInt(4)
                .putInt(0)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) code)
                .putShort((short) 0)
                .putInt(0)
                .array();
    }

    private static byte[] blocks(int columns, int... shades) {
        int width = 8 * columns;
        byte[] pixels = new byte[64 * shades.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) shades[i / width / 8 * columns + i % width / 8];
        }
        return pixels;
    }
}
