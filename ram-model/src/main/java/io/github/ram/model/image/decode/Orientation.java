package io.github.ram.model.image.decode;

import io.github.ram.model.Box;
import io.github.ram.model.Check;
import io.github.ram.model.ImageShape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How a stored image is to be turned so that it stands upright. Cameras write the orientation into a
 * photograph's Exif data instead of turning its pixels (Exif 2.3, tag 0x0112).
 *
 * @param code 1 for upright; 2 mirrored left to right; 3 turned by 180°; 4 mirrored top to bottom; 5 to 8
 *     have rows and columns exchanged, 6 to be turned by 90° clockwise, 8 counter-clockwise
 */
record Orientation(int code) {

    static final Orientation UPRIGHT = new Orientation(1);

    private static final int TAG = 0x0112;
    private static final int SHORT = 3;
    private static final int ENTRY_BYTES = 12;

    Orientation {
        Check.inRange("orientation", 1, 8, code);
    }

    /** The orientation in Exif data, which have the form of a TIFF file; upright if the data hold none. */
    static Orientation ofExif(ByteBuffer exif) {
        ByteBuffer tiff = exif.slice();
        try {
            tiff.order(tiff.getShort(0) == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            int directory = tiff.getInt(4);
            int entries = tiff.getShort(directory) & 0xFFFF;
            for (int i = 0; i < entries; i++) {
                int entry = directory + 2 + i * ENTRY_BYTES;
                if ((tiff.getShort(entry) & 0xFFFF) == TAG && tiff.getShort(entry + 2) == SHORT) {
                    int code = tiff.getShort(entry + 8);
                    return code < 1 || code > 8 ? UPRIGHT : new Orientation(code);
                }
            }
        } catch (IndexOutOfBoundsException e) {
            return UPRIGHT; // A viewer shows a photograph with damaged Exif data as it is stored.
        }
        return UPRIGHT;
    }

    /** Whether rows become columns. */
    boolean swapsSides() {
        return code >= 5;
    }

    /** The shape of an image of this shape after it has been turned upright, or before. */
    ImageShape turn(ImageShape shape) {
        return swapsSides() ? new ImageShape(shape.width(), shape.height(), shape.channels()) : shape;
    }

    /**
     * The part of the stored image that becomes the given part of the upright image.
     *
     * @param upright in pixels of the upright image
     * @param shape of the stored image
     */
    Box stored(Box upright, ImageShape shape) {
        int across = swapsSides() ? upright.top() : upright.left();
        int down = swapsSides() ? upright.left() : upright.top();
        int width = swapsSides() ? upright.height() : upright.width();
        int height = swapsSides() ? upright.width() : upright.height();
        boolean fromRight = code == 2 || code == 3 || code == 7 || code == 8;
        boolean fromBottom = code == 3 || code == 4 || code == 6 || code == 7;
        return new Box(
                fromRight ? shape.width() - across - width : across,
                fromBottom ? shape.height() - down - height : down,
                width,
                height);
    }

    /**
     * The image, upright.
     *
     * @param pixels as stored, laid out as {@link ImageShape} says
     * @param shape as stored
     */
    byte[] turn(byte[] pixels, ImageShape shape) {
        if (code == 1) {
            return pixels;
        }
        byte[] turned = new byte[pixels.length];
        int channels = shape.channels();
        int width = turn(shape).width();
        for (int y = 0; y < shape.height(); y++) {
            for (int x = 0; x < shape.width(); x++) {
                int fromRight = shape.width() - 1 - x;
                int fromBottom = shape.height() - 1 - y;
                int to = switch (code) {
                    case 2 -> y * width + fromRight;
                    case 3 -> fromBottom * width + fromRight;
                    case 4 -> fromBottom * width + x;
                    case 5 -> x * width + y;
                    case 6 -> x * width + fromBottom;
                    case 7 -> fromRight * width + fromBottom;
                    default -> fromRight * width + y;
                };
                System.arraycopy(pixels, (y * shape.width() + x) * channels, turned, to * channels, channels);
            }
        }
        return turned;
    }
}
