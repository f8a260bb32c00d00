package io.github.ram.model.image.decode;

import io.github.ram.model.image.decode.ImageException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import javax.imageio.IIOException;

/** The blocks of a GIF file (GIF89a specification). Keeps the first frame and its transparency. */
final class GifBlocks {

    private static final int SIGNATURE = 6;
    private static final int EXTENSION = 0x21;
    private static final int GRAPHIC_CONTROL = 0xF9;
    private static final int IMAGE = 0x2C;
    private static final int TRAILER = 0x3B;
    private static final int INTERLACED = 0x40;

    private GifBlocks() {}

    static StrippedFile strip(byte[] file) throws ImageException, IOException {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).position(SIGNATURE);
        skip(in, 4); // width and height of the canvas
        skipColourTable(in, 2);
        ByteArrayOutputStream kept = new ByteArrayOutputStream(file.length);
        kept.write(file, 0, in.position());

        int controlStart = 0;
        int controlEnd = 0;
        while (true) {
            int start = in.position();
            int block = in.get() & 0xFF;
            if (block == EXTENSION) {
                int label = in.get() & 0xFF;
                skipSubBlocks(in);
                if (label == GRAPHIC_CONTROL) {
                    controlStart = start;
                    controlEnd = in.position();
                }
            } else if (block == IMAGE) {
                skip(in, 6); // left, top, width
                checkRows(in.getShort() & 0xFFFF, in.get(in.position()));
                skipColourTable(in, 0);
                skip(in, 1); // bits of the first LZW code
                skipSubBlocks(in);
                kept.write(file, controlStart, controlEnd - controlStart);
                kept.write(file, start, in.position() - start);
                kept.write(TRAILER);
                return StrippedFile.upright(kept.toByteArray());
            } else {
                throw new IIOException("no image before byte " + start);
            }
        }
    }

    /** ImageIO's reader loses a row of an interlaced image that ends before the second pass, on row 4. */
    private static void checkRows(int height, int flags) throws ImageException {
        if ((flags & INTERLACED) != 0 && height > 1 && height <= 4) {
            throw new ImageException(
                    Reason.UNUSABLE,
                    String.format(
                            Locale.ROOT, "the GIF image is interlaced and has only %d rows: save it as PNG", height));
        }
    }

    /** Skips a byte of flags, other fields, and the colour table if the flags announce one. */
    private static void skipColourTable(ByteBuffer in, int otherFields) {
        int flags = in.get();
        skip(in, otherFields);
        if ((flags & 0x80) != 0) {
            skip(in, 3 << ((flags & 7) + 1));
        }
    }

    private static void skipSubBlocks(ByteBuffer in) {
        int length;
        do {
            length = in.get() & 0xFF;
            skip(in, length);
        } while (length != 0);
    }

    /** Fails if fewer bytes are left. */
    private static void skip(ByteBuffer in, int bytes) {
        in.position(in.position() + bytes);
    }
}
