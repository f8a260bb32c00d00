package io.github.ram.model.image.decode;

import static io.github.ram.model.image.decode.EncodedImages.GREY;
import static io.github.ram.model.image.decode.EncodedImages.bytes;
import static io.github.ram.model.image.decode.EncodedImages.chunk;
import static io.github.ram.model.image.decode.EncodedImages.encode;
import static io.github.ram.model.image.decode.EncodedImages.exif;
import static io.github.ram.model.image.decode.EncodedImages.grey;
import static io.github.ram.model.image.decode.EncodedImages.png;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.ram.model.Box;
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

    /** The stored picture has two rows, 1 2 3 and 4 5 6. */
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

            assertArrayEquals(expected, pixels(rows, file));
            assertEquals(code, decode(file).orientation());
        }
    }

    @Test
    void photographsAreTurnedUpright() throws Exception {
        // Blocks of 8×8 pixels of one shade, which the JPEG format keeps.
        byte[] stored = blocks(3, 60, 120, 180, 240, 30, 90);
        byte[] upright = blocks(2, 240, 60, 30, 120, 90, 180);

        byte[] photograph = jpegWith(exif(ByteOrder.BIG_ENDIAN, 6), encode("jpeg", grey(24, 16, stored)));

        byte[] pixels = decode(photograph).scaled(new ImageShape(24, 16, 1));
        for (int i = 0; i < pixels.length; i++) {
            assertEquals(upright[i] & 0xFF, pixels[i] & 0xFF, 2, "pixel " + i);
        }
    }

    /** Of a picture that stands upright as 1 2 3, 4 5 6. */
    @ParameterizedTest
    @CsvSource({"1, 123456", "2, 321654", "3, 654321", "4, 456123", "5, 142536", "6, 362514", "7, 635241", "8, 415263"})
    void partsAreOfTheUprightPicture(int code, String stored) throws Exception {
        byte[] samples = new byte[6];
        for (int i = 0; i < 6; i++) {
            samples[i] = (byte) (stored.charAt(i) - '0');
        }
        int width = code < 5 ? 3 : 2;
        int height = 6 / width;
        DecodedImage image = new DecodedImage(grey(width, height, samples), new Orientation(code), Cancellation.NEVER);

        assertArrayEquals(bytes(1, 2, 3, 4, 5, 6), image.scaled(new ImageShape(2, 3, 1)));
        assertArrayEquals(bytes(2, 3), image.scaled(new Box(1, 0, 2, 1), new ImageShape(1, 2, 1)));
        assertArrayEquals(bytes(1, 4), image.scaled(new Box(0, 0, 1, 2), new ImageShape(2, 1, 1)));
        assertArrayEquals(bytes(6), image.scaled(new Box(2, 1, 1, 1), new ImageShape(1, 1, 1)));
    }

    @Test
    void damagedExifDataLeaveThePictureAsItIsStored() throws Exception {
        byte[] sound = exif(ByteOrder.LITTLE_ENDIAN, 6);
        for (int length = 0; length < 18; length++) {
            assertArrayEquals(
                    bytes(1, 2, 3, 4, 5, 6), pixels(2, pngWith(Arrays.copyOf(sound, length))), "cut to " + length);
        }
        Random random = new Random(1);
        byte[] noise = new byte[200];
        for (int trial = 0; trial < 500; trial++) {
            random.nextBytes(noise);
            System.arraycopy(sound, 0, noise, 0, random.nextInt(12));
            Orientation.ofExif(ByteBuffer.wrap(noise)); // any will do: it must not fail
        }
        assertArrayEquals(bytes(1, 2, 3, 4, 5, 6), pixels(2, pngWith(exif(ByteOrder.LITTLE_ENDIAN, 9))));
    }

    private static byte[] pixels(int rows, byte[] file) throws ImageException {
        return decode(file).scaled(new ImageShape(rows, 6 / rows, 1));
    }

    private static DecodedImage decode(byte[] file) throws ImageException {
        return new ImageDecoder(ImageLimits.DEFAULT).decode(file, Cancellation.NEVER);
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

    private static byte[] blocks(int columns, int... shades) {
        int width = 8 * columns;
        byte[] pixels = new byte[64 * shades.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) shades[i / width / 8 * columns + i % width / 8];
        }
        return pixels;
    }
}
