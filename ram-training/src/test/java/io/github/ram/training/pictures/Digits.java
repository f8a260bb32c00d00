package io.github.ram.training.pictures;

import io.github.ram.training.data.Dataset;
import io.github.ram.training.data.Split;
import io.github.ram.training.data.source.DataDirectory;
import io.github.ram.training.data.source.DataSource;
import java.nio.file.Files;
import java.nio.file.Path;

/** The images of digits that pictures are made of. */
final class Digits {

    private Digits() {}

    /** Whether MNIST's folder exists. */
    static boolean hasMnist() {
        return Files.isDirectory(directory());
    }

    /** MNIST's images. */
    static Dataset mnist(Split split) {
        return DataSource.MNIST.load(split, directory());
    }

    /** Digits that this program draws. */
    static Dataset drawn(Split split) {
        return DataSource.STROKES.load(split, null);
    }

    /** Unsigned bytes [28, 28] of an image. */
    static byte[] pixels(Dataset images, int i) {
        byte[] pixels = new byte[28 * 28];
        images.copyPixels(i, pixels, 0);
        return pixels;
    }

    private static Path directory() {
        return DataDirectory.resolve(DataSource.MNIST, null, System.getenv(), Path.of(System.getProperty("user.home")));
    }
}
