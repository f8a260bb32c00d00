package io.github.ram.model.image;

import io.github.ram.model.image.ImageException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The formats that are read, told apart by the first bytes of the file. */
enum ImageFormat {
    PNG(PngChunks::essentials, "\u0089PNG\r\n\u001a\n"),
    JPEG(JpegSegments::essentials, "\u00ff\u00d8\u00ff"),
    BMP(BmpHeader::essentials, "BM"),
    GIF(GifBlocks::essentials, "GIF87a", "GIF89a");

    /** What is read of a file of one format: see {@link #essentials(byte[])}. */
    private interface Reader {
        Essentials of(byte[] file) throws ImageException, IOException;
    }

    private final Reader reader;
    private final byte[][] signatures;

    ImageFormat(Reader reader, String... signatures) {
        this.reader = reader;
        this.signatures = Arrays.stream(signatures)
                .map(signature -> signature.getBytes(StandardCharsets.ISO_8859_1))
                .toArray(byte[][]::new);
    }

    /** The format of a file. */
    static ImageFormat of(byte[] file) throws ImageException {
        for (ImageFormat format : values()) {
            for (byte[] signature : format.signatures) {
                if (startsWith(file, signature)) {
                    return format;
                }
            }
        }
        throw new ImageException(
                Reason.UNSUPPORTED_FORMAT, "the file is not a PNG, JPEG, BMP or GIF image: convert it to PNG");
    }

    /**
     * The file with nothing in it but what the pixels of its first image are made of (no text, no
     * colour profile, no thumbnail, no further frames), and its orientation. What is left has been checked to be whole, and
     * to announce no more bytes than there are, so that the decoder allocates nothing on a file's bare
     * word and meets none of the features that files are attacked with.
     *
     * @throws ImageException if the file is of a kind that is not read
     * @throws IOException if the file is damaged; any RuntimeException means the same
     */
    Essentials essentials(byte[] file) throws ImageException, IOException {
        return reader.of(file);
    }

    private static boolean startsWith(byte[] file, byte[] signature) {
        return file.length >= signature.length
                && Arrays.equals(file, 0, signature.length, signature, 0, signature.length);
    }
}
