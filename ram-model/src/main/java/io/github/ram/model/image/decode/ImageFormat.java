package io.github.ram.model.image.decode;

import io.github.ram.model.image.decode.ImageException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/** The formats that are read. The first bytes of the file identify its format. */
enum ImageFormat {
    PNG(PngChunks::strip, "\u0089PNG\r\n\u001a\n"),
    JPEG(JpegSegments::strip, "\u00ff\u00d8\u00ff"),
    BMP(BmpHeader::strip, "BM"),
    GIF(GifBlocks::strip, "GIF87a", "GIF89a"),
    WEBP(WebpChunks::strip, "RIFF....WEBP");

    /** Strips a file of one format: see {@link #strip(byte[])}. */
    private interface Stripper {
        StrippedFile strip(byte[] file) throws ImageException, IOException;
    }

    private final Stripper stripper;
    private final byte[][] signatures;

    ImageFormat(Stripper stripper, String... signatures) {
        this.stripper = stripper;
        this.signatures = Arrays.stream(signatures)
                .map(signature -> signature.getBytes(StandardCharsets.ISO_8859_1))
                .toArray(byte[][]::new);
    }

    /** The format of a file. */
    static ImageFormat of(byte[] file) throws ImageException {
        return find(file)
                .orElseThrow(() -> new ImageException(
                        Reason.UNSUPPORTED_FORMAT,
                        "the file is not a PNG, JPEG, BMP, GIF or WebP image: convert it to PNG"));
    }

    /** The format of a file, if it is one of these. */
    static Optional<ImageFormat> find(byte[] file) {
        return Arrays.stream(values())
                .filter(format -> Arrays.stream(format.signatures).anyMatch(signature -> startsWith(file, signature)))
                .findFirst();
    }

    /**
     * The file without metadata (text, colour profile, thumbnail, further frames), and the orientation. The method
     * checks that the rest is complete and announces no more bytes than there are. So the decoder allocates
     * nothing for a false length and meets none of the features that attackers use.
     *
     * @throws ImageException if this kind of file is not supported
     * @throws IOException if the file is damaged; a RuntimeException means the same
     */
    StrippedFile strip(byte[] file) throws ImageException, IOException {
        return stripper.strip(file);
    }

    /** Whether a file begins with a signature, in which a dot stands for any byte. */
    private static boolean startsWith(byte[] file, byte[] signature) {
        return file.length >= signature.length
                && IntStream.range(0, signature.length).allMatch(i -> signature[i] == '.' || signature[i] == file[i]);
    }
}
