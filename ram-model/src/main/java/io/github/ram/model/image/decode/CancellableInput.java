package io.github.ram.model.image.decode;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * The bytes of an image file, until decoding is cancelled. Each read of bytes and each report of progress
 * checks the cancellation: a reader may have all bytes long before it has the image.
 *
 * <p>The stream is in memory because ImageIO's default is a temporary file. Of the streams in memory only this
 * class has no finalizer, which would keep each file and its reader for two garbage collections.
 */
final class CancellableInput extends MemoryCacheImageInputStream implements IIOReadProgressListener {

    /** Most bytes of one read: a few of them may stand for many pixels. */
    private static final int READ_BYTES = 512;

    private final Cancellation cancellation;

    CancellableInput(byte[] bytes, Cancellation cancellation) {
        super(new ByteArrayInputStream(bytes));
        this.cancellation = cancellation;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        cancellation.throwIfCancelled();
        return super.read(target, offset, Math.min(length, READ_BYTES));
    }

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
