package io.github.ram.model.image.decode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import javax.imageio.IIOException;

/**
 * The chunks of a PNG file: length, type, data, checksum of type and data (PNG, section 5.3). Keeps
 * the critical chunks and the transparency, and reads the orientation.
 */
final class PngChunks {

    private static final int SIGNATURE = 8;
    private static final int HEADER = 0x49484452; // IHDR
    private static final int PALETTE = 0x504c5445; // PLTE
    private static final int TRANSPARENCY = 0x74524e53; // tRNS
    private static final int DATA = 0x49444154; // IDAT
    private static final int EXIF = 0x65584966; // eXIf
    private static final int END = 0x49454e44; // IEND

    private PngChunks() {}

    static StrippedFile strip(byte[] file) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(file).position(SIGNATURE);
        ByteArrayOutputStream kept = new ByteArrayOutputStream(file.length);
        kept.write(file, 0, SIGNATURE);
        Orientation orientation = Orientation.UPRIGHT;
        int type;
        do {
            int start = in.position();
            int length = in.getInt();
            type = in.getInt();
            if (length < 0 || length > in.remaining() - Integer.BYTES) {
                throw new IIOException("a chunk of " + length + " bytes runs past the end of the file");
            }
            in.position(in.position() + length);
            checkSum(file, start + Integer.BYTES, Integer.BYTES + length, in.getInt());
            switch (type) {
                case HEADER, PALETTE, TRANSPARENCY, DATA, END -> kept.write(file, start, in.position() - start);
                case EXIF -> orientation = Orientation.ofExif(ByteBuffer.wrap(file, start + 8, length));
                default -> {} // Metadata: none of it changes a sample.
            }
        } while (type != END);
        return new StrippedFile(kept.toByteArray(), orientation, false);
    }

    /** Checks the sum because ImageIO does not, and decodes damaged pixels without an error. */
    private static void checkSum(byte[] file, int start, int length, int expected) throws IIOException {
        CRC32 crc = new CRC32();
        crc.update(file, start, length);
        if ((int) crc.getValue() != expected) {
            throw new IIOException("the checksum of the chunk at byte " + start + " is wrong");
        }
    }
}
