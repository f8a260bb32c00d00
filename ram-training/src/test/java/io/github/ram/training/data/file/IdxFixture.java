package io.github.ram.training.data.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Small files in the layout of MNIST. */
public final class IdxFixture {

    private IdxFixture() {}

    /** An IDX file of 28×28 images, image i filled with the value i + 1. */
    public static byte[] images(int count) {
        ByteBuffer file = ByteBuffer.allocate(16 + count * 784);
        file.putInt(0x00000803).putInt(count).putInt(28).putInt(28);
        for (int i = 0; i < count; i++) {
            byte[] image = new byte[784];
            Arrays.fill(image, (byte) (i + 1));
            file.put(image);
        }
        return file.array();
    }

    /** An IDX file of labels. */
    public static byte[] labels(int... labels) {
        ByteBuffer file = ByteBuffer.allocate(8 + labels.length);
        file.putInt(0x00000801).putInt(labels.length);
        for (int label : labels) {
            file.put((byte) label);
        }
        return file.array();
    }

    public static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    /** Twenty training images, image i of class i % 10, and three test images of the classes 7, 2 and 1. */
    public static void smallSet(Path directory) throws IOException {
        int[] labels = new int[20];
        Arrays.setAll(labels, i -> i % 10);
        Files.write(directory.resolve("train-images-idx3-ubyte"), images(20));
        Files.write(directory.resolve("train-labels-idx1-ubyte"), labels(labels));
        Files.write(directory.resolve("t10k-images-idx3-ubyte"), images(3));
        Files.write(directory.resolve("t10k-labels-idx1-ubyte"), labels(7, 2, 1));
    }
}
