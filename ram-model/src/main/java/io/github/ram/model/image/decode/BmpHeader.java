package io.github.ram.model.image.decode;

import io.github.ram.model.image.decode.ImageException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import javax.imageio.IIOException;

/**
 * The header of a BMP file (BITMAPFILEHEADER, then a BITMAPCOREHEADER or a BITMAPINFOHEADER of
 * version 3, 4 or 5). Rejects embedded files, compression and colour profiles (which may be the path
 * of a file to open). The rest holds only pixels and is kept whole.
 */
final class BmpHeader {

    private static final int FILE_HEADER = 14;
    private static final int CORE = 12;
    private static final int VERSION_3 = 40;
    private static final int VERSION_4 = 108;
    private static final int VERSION_5 = 124;

    private static final int UNCOMPRESSED = 0;
    private static final int BIT_FIELDS = 3;

    private static final int LINKED_PROFILE = 0x4c494e4b; // LINK
    private static final int EMBEDDED_PROFILE = 0x4d424544; // MBED

    private BmpHeader() {}

    static StrippedFile strip(byte[] file) throws ImageException, IOException {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int header = in.getInt(FILE_HEADER);
        switch (header) {
            case CORE -> checkRows(in, in.getShort(18), in.getShort(20), in.getShort(24));
            case VERSION_3, VERSION_4, VERSION_5 -> {
                checkKind(in, header);
                checkRows(in, in.getInt(18), in.getInt(22), in.getShort(28));
            }
            default -> throw unusable("has a header of " + Integer.toUnsignedString(header) + " bytes");
        }
        return StrippedFile.upright(file);
    }

    private static void checkKind(ByteBuffer in, int header) throws ImageException, IIOException {
        int compression = in.getInt(30);
        if (compression != UNCOMPRESSED && compression != BIT_FIELDS) {
            throw unusable("is compressed");
        }
        long colours = Integer.toUnsignedLong(in.getInt(46));
        if (colours > in.capacity()) {
            throw new IIOException("a palette of " + colours + " colours runs past the end of the file");
        }
        if (header >= VERSION_4) {
            int colourSpace = in.getInt(70);
            if (colourSpace == LINKED_PROFILE || colourSpace == EMBEDDED_PROFILE) {
                throw unusable("has a colour profile");
            }
        }
    }

    /** Checks that all rows, each padded to four bytes, are in the file. A negative height means top row first. */
    private static void checkRows(ByteBuffer in, int width, int height, int bits) throws IIOException {
        if (width < 1 || height == 0 || bits < 1 || bits > 32) {
            throw new IIOException(String.format(Locale.ROOT, "%d×%d pixels of %d bits", width, height, bits));
        }
        long offset = Integer.toUnsignedLong(in.getInt(10));
        long rowBytes = ((long) width * bits + 31) / 32 * 4;
        long rows = Math.abs((long) height);
        if (rows > in.capacity() / rowBytes || offset + rows * rowBytes > in.capacity()) {
            throw new IIOException(
                    String.format(Locale.ROOT, "%d rows from byte %d run past the end of the file", rows, offset));
        }
    }

    private static ImageException unusable(String why) {
        return new ImageException(Reason.UNUSABLE, "the BMP image " + why + ": save it as PNG");
    }
}
