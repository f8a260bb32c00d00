package io.github.ram.model.image;

import io.github.ram.model.ImageShape;
import io.github.ram.model.image.ImageException.Reason;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Objects;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/**
 * Reads an image file into the pixels of one model. PNG, JPEG, BMP and GIF (its first frame, by
 * itself) are told apart by their content.
 *
 * <ul>
 *   <li>Grey samples are taken as they are, 16 bits v as v · 255 / 65535 rounded. Colour profiles and
 *       gamma are ignored.
 *   <li>What a camera noted of its orientation (Exif) is undone.
 *   <li>Colour becomes grey as (299 R + 587 G + 114 B) / 1000 rounded, the luma of ITU-R BT.601,
 *       which maps a grey colour to itself. Grey becomes colour with R = G = B.
 *   <li>What is transparent is laid over black: v · alpha / 255 rounded.
 * </ul>
 *
 * <p>The last two are the ways of {@link Preprocess#NONE}; {@link Preprocess#MNIST} looks for ink in any
 * colour, and lays what is transparent over what sets it off.
 *
 * <p>May be used by any number of threads at once.
 */
public final class ImageDecoder {

    private final ImageLimits limits;
    private final Preparation preparation;

    /**
     * @param shape the model's images: one channel for grey or three for red, green, blue
     * @param limits how large a file may be
     * @throws IllegalArgumentException if the images have another number of channels
     */
    public ImageDecoder(ImageShape shape, ImageLimits limits) {
        if (shape.channels() != 1 && shape.channels() != 3) {
            throw new IllegalArgumentException(
                    "channels must be 1 (grey) or 3 (RGB) to read image files, got %d".formatted(shape.channels()));
        }
        this.limits = Objects.requireNonNull(limits, "limits");
        this.preparation = new Preparation(shape);
    }

    /**
     * An image file as the model reads it.
     *
     * @param encoded the bytes of the file
     * @param way how its picture is made into the model's input
     * @throws ImageException if the file is refused, the reason with it
     */
    public PreparedImage decode(byte[] encoded, Preprocess way) throws ImageException {
        return decode(encoded, way, Wanted.ALWAYS);
    }

    /**
     * The same for as long as the image is wanted.
     *
     * @param wanted asked many times, from the thread that decodes; what it throws is thrown soon after, and the
     *     rest of the work dropped
     */
    public PreparedImage decode(byte[] encoded, Preprocess way, Wanted wanted) throws ImageException {
        if (encoded.length == 0) {
            throw new ImageException(Reason.EMPTY, "the image file is empty");
        }
        if (encoded.length > limits.maxBytes()) {
            throw tooLarge("file", "%d bytes".formatted(encoded.length), "%d".formatted(limits.maxBytes()));
        }
        return preparation.prepare(read(encoded, wanted), way);
    }

    /**
     * Pixels that come in the model's own shape as the model reads them.
     *
     * @param pixels unsigned bytes 0 to 255, laid out as {@link ImageShape} says
     * @throws ImageException if they are refused, the reason with it
     */
    public PreparedImage prepare(byte[] pixels, Preprocess way) throws ImageException {
        return preparation.prepare(Picture.of(pixels, preparation.shape()), way);
    }

    private Picture read(byte[] encoded, Wanted wanted) throws ImageException {
        ImageFormat format = ImageFormat.of(encoded);
        try {
            Essentials essentials = format.essentials(encoded);
            return new Picture(read(format, essentials.file(), wanted), essentials.orientation(), wanted);
        } catch (IOException | RuntimeException e) {
            wanted.require(); // or that is why
            // On damaged files ImageIO throws whatever its arithmetic runs into.
            throw new ImageException(Reason.MALFORMED, "the %s image is damaged or incomplete".formatted(format), e);
        }
    }

    private BufferedImage read(ImageFormat format, byte[] encoded, Wanted wanted) throws ImageException, IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName(format.name()).next();
        try (WantedFile in = new WantedFile(encoded, wanted)) {
            boolean forwardOnly = true;
            boolean ignoreMetadata = true;
            reader.setInput(in, forwardOnly, ignoreMetadata);
            checkSize(reader.getWidth(0), reader.getHeight(0));

            // A reader only warns of pixels that it had to make up, such as the rest of a JPEG cut short.
            boolean[] warned = new boolean[1];
            reader.addIIOReadWarningListener((source, warning) -> warned[0] = true);
            reader.addIIOReadProgressListener(in);
            BufferedImage image = reader.read(0);
            wanted.require(); // or it is not all of it
            if (warned[0]) {
                throw new IIOException("decoded in part");
            }
            return image;
        } finally {
            reader.dispose();
        }
    }

    private void checkSize(int width, int height) throws ImageException {
        if (width > limits.maxSide() || height > limits.maxSide()) {
            throw tooLarge("image", "%d×%d pixels".formatted(width, height), "%1$d×%1$d".formatted(limits.maxSide()));
        }
    }

    private static ImageException tooLarge(String what, String size, String most) {
        return new ImageException(
                Reason.TOO_LARGE, "the %s has %s, more than the %s allowed".formatted(what, size, most));
    }
}
