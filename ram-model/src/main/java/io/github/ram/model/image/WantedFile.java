package io.github.ram.model.image;

import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * The bytes of an image file for as long as the image is wanted. A reader is stopped where it asks for more of
 * them, and, as it may have them all long before it has the image, where it tells of its progress.
 */
final class WantedFile extends ImageInputStreamImpl implements IIOReadProgressListener {

    /** Bytes that are read at a time: a few of them may stand for many pixels. */
    private static final int MOST = 512;

    private final byte[] bytes;
    private final Wanted wanted;

    WantedFile(byte[] bytes, Wanted wanted) {
        this.bytes = bytes;
        this.wanted = wanted;
    }

    @Override
    public int read() {
        bitOffset = 0;
        return streamPos < bytes.length ? bytes[(int) streamPos++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        wanted.require();
        bitOffset = 0;
        int count = (int) Math.min(Math.min(length, MOST), bytes.length - streamPos);
        if (count <= 0) {
            return length == 0 ? 0 : -1;
        }
        System.arraycopy(bytes, (int) streamPos, target, offset, count);
        streamPos += count;
        return count;
    }

    @Override
    public long length() {
        return bytes.length;
    }

    /** Stops by a word rather than by an exception: it may be called from native code. */
    @Override
    public void imageProgress(ImageReader reader, float percent) {
        try {
            wanted.require();
        } catch (RuntimeException e) { // which is thrown again by whoever asks next
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
