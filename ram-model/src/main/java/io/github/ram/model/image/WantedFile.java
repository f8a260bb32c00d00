package io.github.ram.model.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * The bytes of an image file for as long as the image is wanted. A reader is stopped where it asks for more of
 * them, and, as it may have them all long before it has the image, where it tells of its progress.
 *
 * <p>Kept in memory: what ImageIO would open itself is a temporary file unless a global switch is set. And of the streams
 * in memory it is the one without a finalizer, which would keep each file and its reader past two collections.
 */
final class WantedFile extends MemoryCacheImageInputStream implements IIOReadProgressListener {

    /** Bytes that are read at a time: a few of them may stand for many pixels. */
    private static final int MOST = 512;

    private final Wanted wanted;

    WantedFile(byte[] bytes, Wanted wanted) {
        super(new ByteArrayInputStream(bytes));
        this.wanted = wanted;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        wanted.require();
        return super.read(target, offset, Math.min(length, MOST));
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
