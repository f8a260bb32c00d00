package io.github.ram.model.image.decode;

import io.github.ram.model.image.decode.ImageException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.imageio.IIOException;

/**
 * The chunks of a WebP file: type, length, data, padded to an even length (RFC 9649, section 2). Keeps the image and its
 * transparency, and reads the orientation. Rejects animations.
 */
final class WebpChunks {

    private static final int RIFF = 0x46464952;
    private static final int WEBP = 0x50424557;
    private static final int LOSSY = 0x20385056; // VP8
    private static final int LOSSLESS = 0x4c385056; // VP8L
    private static final int EXTENDED = 0x58385056; // VP8X
    private static final int ALPHA = 0x48504c41; // ALPH
    private static final int EXIF = 0x46495845;
    private static final int ANIMATION = 0x4d494e41; // ANIM
    private static final int FRAME = 0x464d4e41; // ANMF

    private static final int HEADER = 12; // RIFF, length, WEBP
    private static final int CHUNK_HEADER = 8;
    private static final int EXTENDED_LENGTH = 10;
    private static final byte ALPHA_FLAG = 0x10;

    private WebpChunks() {}

    static StrippedFile strip(byte[] file) throws ImageException, IOException {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        long end = CHUNK_HEADER + Integer.toUnsignedLong(in.getInt(4));
        if (end > file.length) {
            throw new IIOException("the file ends before its length of " + end + " bytes");
        }
        in.limit((int) end).position(HEADER);
        ByteBuffer extended = null;
        ByteBuffer alpha = null;
        ByteBuffer image = null;
        Orientation orientation = Orientation.UPRIGHT;
        while (in.hasRemaining()) {
            int start = in.position();
            int type = in.getInt();
            int length = in.getInt();
            if (length < 0 || length > in.remaining()) {
                throw new IIOException("a chunk of " + length + " bytes runs past the end of the file");
            }
            ByteBuffer chunk = in.slice(start, CHUNK_HEADER + length);
            switch (type) {
                case EXTENDED -> extended = chunk;
                case ALPHA -> alpha = chunk;
                case LOSSY, LOSSLESS -> image = image == null ? chunk : image;
                case EXIF -> orientation = Orientation.ofExif(chunk.position(CHUNK_HEADER));
                case ANIMATION, FRAME ->
                    throw new ImageException(Reason.UNUSABLE, "the WebP image is animated: save one frame as PNG");
                default -> {} // Metadata: none of it changes a sample.
            }
            in.position(Math.min(in.limit(), start + CHUNK_HEADER + length + (length & 1)));
        }
        if (image == null) {
            throw new IIOException("there is no image");
        }
        return new StrippedFile(still(extended, alpha, image), orientation, false);
    }

    /** Returns a file of one image. Only transparency beside a lossy image needs the extended format. */
    private static byte[] still(ByteBuffer extended, ByteBuffer alpha, ByteBuffer image) throws IIOException {
        int size = HEADER + padded(image);
        boolean isTransparent = alpha != null
                && extended != null
                && image.order(ByteOrder.LITTLE_ENDIAN).getInt(0) == LOSSY;
        if (isTransparent) {
            if (extended.capacity() != CHUNK_HEADER + EXTENDED_LENGTH) {
                throw new IIOException("the header has " + extended.capacity() + " bytes");
            }
            size += padded(extended) + padded(alpha);
        }
        ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(RIFF).putInt(size - CHUNK_HEADER).putInt(WEBP);
        if (isTransparent) {
            int flags = out.position() + CHUNK_HEADER;
            put(extended, out);
            out.put(flags, ALPHA_FLAG); // the metadata are gone
            put(alpha, out);
        }
        put(image, out);
        return out.array();
    }

    private static int padded(ByteBuffer chunk) {
        return chunk.capacity() + (chunk.capacity() & 1);
    }

    private static void put(ByteBuffer chunk, ByteBuffer out) {
        out.put(chunk.rewind());
        out.position(out.position() + (out.position() & 1));
    }
}
