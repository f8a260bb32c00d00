package io.github.ram.model.image.decode;

import io.github.ram.model.image.decode.ImageException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.imageio.IIOException;

/**
 * The marker segments of a JPEG file (ITU-T T.81, annex B). Keeps the segments that the decoder needs. Of the
 * application segments these are JFIF and Adobe, which say how colours are stored. Reads the orientation from
 * Exif.
 */
final class JpegSegments {

    /**
     * Progressive files have about ten. Each scan passes over the whole image, so a small file with
     * thousands of scans would keep a processor busy for minutes.
     */
    private static final int MOST_SCANS = 32;

    private static final int START_OF_FRAME = 0xC0;
    private static final int HUFFMAN_TABLES = 0xC4;
    private static final int LAST_SUPPORTED_FRAME = 0xC2; // baseline, extended and progressive, Huffman-coded
    private static final int LAST_FRAME = 0xCF;
    private static final int FIRST_RESTART = 0xD0;
    private static final int LAST_RESTART = 0xD7;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int START_OF_SCAN = 0xDA;
    private static final int FIRST_APPLICATION = 0xE0;
    private static final int JFIF = 0xE0;
    private static final int EXIF = 0xE1;
    private static final int ADOBE = 0xEE;
    private static final int LAST_APPLICATION = 0xEF;
    private static final int COMMENT = 0xFE;

    private static final byte[] EXIF_SIGNATURE = {'E', 'x', 'i', 'f', 0, 0};

    private JpegSegments() {}

    static StrippedFile strip(byte[] file) throws ImageException, IOException {
        ByteBuffer in = ByteBuffer.wrap(file).position(2);
        ByteArrayOutputStream kept = new ByteArrayOutputStream(file.length);
        kept.write(file, 0, 2);
        Orientation orientation = Orientation.UPRIGHT;
        int scans = 0;
        boolean cmyk = false;
        while (true) {
            int marker = nextMarker(in);
            int start = in.position() - 2;
            if (marker == END_OF_IMAGE) {
                kept.write(file, start, 2);
                return new StrippedFile(kept.toByteArray(), orientation, cmyk);
            }
            skipSegment(in);
            if (marker >= START_OF_FRAME && marker <= LAST_FRAME && marker != HUFFMAN_TABLES) {
                cmyk = componentsOfFrame(marker, file, start + 4) == 4;
            }
            if (marker == START_OF_SCAN) {
                if (++scans > MOST_SCANS) {
                    throw unusable("has more than " + MOST_SCANS + " scans");
                }
                skipEntropyCoded(in);
            }
            if (marker == EXIF && startsWith(file, start + 4, EXIF_SIGNATURE)) {
                int tiff = start + 4 + EXIF_SIGNATURE.length;
                orientation = Orientation.ofExif(ByteBuffer.wrap(file, tiff, in.position() - tiff));
            }
            if (isKept(marker)) {
                kept.write(file, start, in.position() - start);
            }
        }
    }

    private static int nextMarker(ByteBuffer in) throws IIOException {
        if ((in.get() & 0xFF) != 0xFF) {
            throw new IIOException("no marker at byte " + (in.position() - 1));
        }
        int marker;
        do { // Any number of FF bytes may come before the marker's code.
            marker = in.get() & 0xFF;
        } while (marker == 0xFF);
        return marker;
    }

    private static void skipSegment(ByteBuffer in) throws IIOException {
        int length = in.getShort(in.position()) & 0xFFFF;
        if (length < 2 || length > in.remaining()) {
            throw new IIOException("a segment of " + length + " bytes at byte " + in.position());
        }
        in.position(in.position() + length);
    }

    /** Stops before the FF of the next marker. In the coded data FF is followed by 00 or a restart. */
    private static void skipEntropyCoded(ByteBuffer in) {
        while (true) {
            if ((in.get() & 0xFF) == 0xFF) {
                int code = in.get(in.position()) & 0xFF;
                if (code != 0 && (code < FIRST_RESTART || code > LAST_RESTART)) {
                    in.position(in.position() - 1);
                    return;
                }
            }
        }
    }

    /**
     * Checks a frame header: bits a sample, height, width (two bytes each), number of components. Returns this number.
     */
    private static int componentsOfFrame(int marker, byte[] file, int at) throws ImageException {
        if (marker > LAST_SUPPORTED_FRAME) {
            throw unusable("is lossless, hierarchical or arithmetic-coded");
        }
        int bits = file[at] & 0xFF;
        if (bits != 8) {
            throw unusable("has " + bits + " bits a sample, not 8");
        }
        int components = file[at + 5] & 0xFF;
        if (components != 1 && components != 3 && components != 4) {
            throw unusable("has " + components + " colour components, not 1, 3 or 4");
        }
        return components;
    }

    private static boolean startsWith(byte[] file, int at, byte[] signature) {
        return Arrays.equals(file, at, Math.min(file.length, at + signature.length), signature, 0, signature.length);
    }

    private static boolean isKept(int marker) {
        boolean application = marker >= FIRST_APPLICATION && marker <= LAST_APPLICATION;
        return marker == JFIF || marker == ADOBE || !(application || marker == COMMENT);
    }

    private static ImageException unusable(String why) {
        return new ImageException(
                Reason.UNUSABLE, "the JPEG image " + why + ": save it as PNG or as a baseline RGB or grey JPEG");
    }
}
