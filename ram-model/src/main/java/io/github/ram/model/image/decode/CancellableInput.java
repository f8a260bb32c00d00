package io.github.ram.model.image.decode;

import java.io.IOException;
import java.util.Objects;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * The bytes of an image file, until decoding is cancelled. Each read of bytes and each report of progress
 * checks the cancellation: a reader may have all bytes long before it has the image.
 *
 * <p>ImageIO's own streams are not used: they copy the bytes into a temporary file or into blocks. A subclass of them
 * gets a finalizer, which keeps each file and its reader for two garbage collections.
 */
final class CancellableInput extends ImageInputStreamImpl implements IIOReadProgressListener {

    /** Most bytes of one read: a few of them may stand for many pixels. */
    private static final int READ_BYTES = 512;

    /** Most reads of single bytes behind the last one. A damaged file of 50 bytes can make a reader try millions. */
    private static final int READS_BEHIND_END = 1000;

    private final byte[] bytes;
    private final Cancellation cancellation;
    private int readsBehindEnd;

    CancellableInput(byte[] bytes, Cancellation cancellation) {
        this.bytes = bytes;
        this.cancellation = cancellation;
    }

    @Override
    public int read() throws IOException {
        checkClosed();
        bitOffset = 0;
        if (streamPos < bytes.length) {
            return bytes[(int) streamPos++] & 0xff;
        }
        if (++readsBehindEnd > READS_BEHIND_END) {
            throw new IOException("the file ends before the image is whole"); // readers ignore an EOFException
        }
        return -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        checkClosed();
        cancellation.throwIfCancelled();
        Objects.checkFromIndexSize(offset, length, target.length);
        bitOffset = 0;
        if (length == 0) {
            return 0;
        }
        if (streamPos >= bytes.length) {
            return -1;
        }
        int count = Math.min(Math.min(length, READ_BYTES), bytes.length - (int) streamPos);
        System.arraycopy(bytes, (int) streamPos, target, offset, count);
        streamPos += count;
        return count;
    }

    @Override
    public long length() {
        return bytes.length;
    }

    /** Does nothing. The JVM gives an object with an empty finalizer none, and the inherited one closes the stream. */
    @Override
    @SuppressWarnings({"deprecation", "removal"}) // the only way to take the inherited finalizer away
    protected void finalize() {}

    /** Aborts rather than throws, because native code may call it. */
    @Override
    public void imageProgress(ImageReader reader, float percent) {
        try {
            cancellation.throwIfCancelled();
        } catch (RuntimeException e) { // the next check throws it again
            reader.abort();
        }
    }

    @Override
    public void sequenceStarted(ImageReader reader, int first) {}

    @Override
    public void sequenceComplete(ImageReader reader) {}

    @Override
    public void imageStarted(ImageReader reader, int image) {}

    @Override
    public void imageComplete(ImageReader reader) {}

    @Override
    public void thumbnailStarted(ImageReader reader, int image, int thumbnail) {}

    @Override
    public void thumbnailProgress(ImageReader reader, float percent) {}

    @Override
    public void thumbnailComplete(ImageReader reader) {}

    @Override
    public void readAborted(ImageReader reader) {}
}
