package io.github.ram.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** The published sets themselves, where {@code RAM_DATA_DIR} or the cache holds them. */
class PublishedDataTest {

    @Test
    void mnistIsReadWhole() {
        Path directory = require(DataSource.MNIST);
        Splits mnist = DataSource.MNIST.load(directory);
        assertEquals(54_000, mnist.train().size());
        assertEquals(6_000, mnist.validation().size());
        assertEquals(10_000, mnist.test().size());
        assertArrayEquals(new int[] {7, 2, 1, 0, 4, 1, 4, 9, 5, 9}, firstLabels(mnist.test()));
        assertArrayEquals(new int[] {2, 4, 1, 2, 2, 6, 1, 2, 9, 6}, firstLabels(mnist.train()));
        assertArrayEquals(new int[] {5, 2, 4, 7, 6, 1, 4, 2, 0, 8}, firstLabels(mnist.validation()));
        assertEquals(0xe4ca5f57L, crc(mnist.test()));
        assertEquals(0xf5fbcb7eL, crc(mnist.train()));
        assertEquals(0xe942c00eL, crc(mnist.validation()));
    }

    @Test
    void fashionIsReadWhole() {
        Path directory = require(DataSource.FASHION);
        Splits fashion = DataSource.FASHION.load(directory);
        assertEquals(54_000, fashion.train().size());
        assertEquals(6_000, fashion.validation().size());
        assertEquals(10_000, fashion.test().size());
        assertArrayEquals(new int[] {9, 2, 1, 1, 6, 1, 4, 6, 5, 7}, firstLabels(fashion.test()));
        assertEquals(0x12728439L, crc(fashion.test()));
    }

    @Test
    void mnistIsNotTakenForFashion() {
        Path directory = require(DataSource.MNIST);
        DataException refusal = assertThrows(DataException.class, () -> DataSource.FASHION.load(Split.TEST, directory));
        assertEquals(
                IdxName.TEST_LABELS.in(directory).orElseThrow()
                        + " belongs to mnist, not to fashion: give --dataset mnist, or the directory of fashion",
                refusal.getMessage());
    }

    private static Path require(DataSource source) {
        Path directory = DataDirectory.resolve(source, null, System.getenv(), Path.of(System.getProperty("user.home")));
        for (IdxName name : IdxName.values()) {
            boolean there = name.in(directory)
                    .filter(file -> IdxFile.md5(file)
                            .equals(source.publication().orElseThrow().md5().get(name)))
                    .isPresent();
            assumeTrue(
                    there,
                    () -> "no %s of %s in %s: set RAM_DATA_DIR to test on it"
                            .formatted(name.published(), source, directory));
        }
        return directory;
    }

    private static int[] firstLabels(Dataset dataset) {
        return IntStream.range(0, 10).map(dataset::label).toArray();
    }

    private static long crc(Dataset dataset) {
        CRC32 crc = new CRC32();
        byte[] image = new byte[dataset.shape().size()];
        for (int i = 0; i < dataset.size(); i++) {
            dataset.copyPixels(i, image, 0);
            crc.update(image);
        }
        return crc.getValue();
    }
}
