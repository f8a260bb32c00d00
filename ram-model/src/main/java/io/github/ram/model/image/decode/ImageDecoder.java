package io.github.ram.model.image.decode;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import io.github.ram.model.image.decode.ImageException.Reason;
import java.awt.image.BufferedImage;
import java.awt.image.SampleModel;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Objects;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;

/**
 * Decodes image files: PNG, JPEG, BMP, WebP and the first frame of GIF. The first bytes of the file decide on the
 * format. Colour profiles and gamma are ignored; the orientation that a camera noted (Exif) is applied.
 *
 * <p>May be used by any number of threads at once.
 */
public final class ImageDecoder {

    /** What the reader of WebP keeps of a pixel beside the image, for lossy files: measured, and rounded up. */
    private static final int WEBP_BITS = 8 * 28;

    private final ImageLimits limits;

    /**
     * @param limits how large a file may be
     */
    public ImageDecoder(ImageLimits limits) {
        this.limits = Objects.requireNonNull(limits, "limits");
    }

    /** Whether a file begins as an image file of a format that is read. */
    public static boolean recognises(byte[] file) {
        return ImageFormat.find(file).isPresent();
    }

    /**
     * Decodes an image file.
     *
     * @param encoded the bytes of the file
     * @param cancellation called many times by the decoding thread; what it throws ends the work
     * @throws ImageException if the file is rejected
     */
    public DecodedImage decode(byte[] encoded, Cancellation cancellation) throws ImageException {
        return open(encoded, cancellation, (reader, in, file) -> {
            // A reader only warns of pixels that it made up, such as the rest of a JPEG that was cut short. CMYK always
            // brings a warning too, because the profile was stripped.
            boolean[] warned = new boolean[1];
            reader.addIIOReadWarningListener(
                    (source, warning) -> warned[0] |= !(file.isCmyk() && warning.contains("ICC")));
            reader.addIIOReadProgressListener(in);
            BufferedImage image = reader.read(0);
            cancellation.throwIfCancelled(); // an aborted reader returns a part of the image
            if (warned[0]) {
                throw new IIOException("decoded in part");
            }
            return new DecodedImage(image, file.orientation(), cancellation);
        });
    }

    /**
     * Estimates the memory that {@link #decode} needs at its peak, from the file's header.
     *
     * @param encoded the bytes of the file
     * @return bytes of the heap, at least 1; the file itself is not counted
     * @throws ImageException if the header shows that the file would be rejected
     */
    public long memoryToDecode(byte[] encoded) throws ImageException {
        return open(encoded, Cancellation.NEVER, (reader, in, file) -> {
            ImageTypeSpecifier type = reader.getRawImageType(0);
            if (type == null) { // colours that have no Java type, such as YCbCr, become RGB
                type = reader.getImageTypes(0).next();
            }
            SampleModel samples = type.getSampleModel();
            int bits = file.isCmyk() ? 24 : 0; // CMYK is decoded first, and then becomes RGB
            bits += reader.getFormatName().equalsIgnoreCase("webp") ? WEBP_BITS : 0;
            for (int band = 0; band < samples.getNumBands(); band++) {
                bits += Math.max(8, samples.getSampleSize(band));
            }
            return (long) reader.getWidth(0) * reader.getHeight(0) * bits / 8 + encoded.length;
        });
    }

    /** Work on a reader that has read the header. */
    private interface Work<T> {
        T on(ImageReader reader, CancellableInput in, StrippedFile file) throws IOException;
    }

    private <T> T open(byte[] encoded, Cancellation cancellation, Work<T> work) throws ImageException {
        if (encoded.length == 0) {
            throw new ImageException(Reason.EMPTY, "the image file is empty");
        }
        if (encoded.length > limits.maxBytes()) {
            throw tooLarge("file", encoded.length + " bytes", Integer.toString(limits.maxBytes()));
        }
        ImageFormat format = ImageFormat.of(encoded);
        try {
            StrippedFile stripped = format.strip(encoded);
            ImageReader reader = reader(format, stripped);
            try (CancellableInput in = new CancellableInput(stripped.file(), cancellation)) {
                boolean forwardOnly = true;
                boolean ignoreMetadata = true;
                reader.setInput(in, forwardOnly, ignoreMetadata);
                checkSize(reader.getWidth(0), reader.getHeight(0));
                return work.on(reader, in, stripped);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            cancellation.throwIfCancelled(); // a cancellation is no damage
            // On damaged files ImageIO throws any exception of its arithmetic.
            throw new ImageException(
                    Reason.MALFORMED, String.format(Locale.ROOT, "the %s image is damaged or incomplete", format), e);
        }
    }

    /** Returns the JDK's reader. The JDK reads no CMYK, which TwelveMonkeys' reader converts to RGB. */
    private static ImageReader reader(ImageFormat format, StrippedFile file) {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.name());
        ImageReader reader = readers.next();
        while (reader.getOriginatingProvider() instanceof JPEGImageReaderSpi != file.isCmyk()) {
            reader.dispose();
            reader = readers.next();
        }
        return reader;
    }

    private void checkSize(int width, int height) throws ImageException {
        if (width > limits.maxSide() || height > limits.maxSide()) {
            throw tooLarge("image", width + "×" + height + " pixels", limits.maxSide() + "×" + limits.maxSide());
        }
    }

    private static ImageException tooLarge(String what, String size, String most) {
        return new ImageException(
                Reason.TOO_LARGE,
                String.format(Locale.ROOT, "the %s has %s, more than the %s allowed", what, size, most));
    }
}
