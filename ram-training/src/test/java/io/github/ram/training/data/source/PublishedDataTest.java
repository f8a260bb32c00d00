package io.github.ram.training.data.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.ram.model.Normalisation;
import io.github.ram.training.data.DataException;
import io.github.ram.training.data.Dataset;
import io.github.ram.training.data.Split;
import io.github.ram.training.data.file.IdxFile;
import io.github.ram.training.data.file.IdxName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** The published sets themselves, where {@code RAM_DATA_DIR} or the cache holds them. */
class PublishedDataTest {

    @Test
    void mnistIsReadWhole() {
        Path directory = require(DataSource.MNIST);
        Dataset train = DataSource.MNIST.load(Split.TRAIN, directory);
        Dataset validation = DataSource.MNIST.load(Split.VALIDATION, directory);
        Dataset test = DataSource.MNIST.load(Split.TEST, directory);
        assertEquals(54_000, train.size());
        assertEquals(6_000, validation.size());
        assertEquals(10_000, test.size());
        assertArrayEquals(new int[] {7, 2, 1, 0, 4, 1, 4, 9, 5, 9}, firstLabels(test));
        assertArrayEquals(new int[] {2, 4, 1, 2, 2, 6, 1, 2, 9, 6}, firstLabels(train));
        assertArrayEquals(new int[] {5, 2, 4, 7, 6, 1, 4, 2, 0, 8}, firstLabels(validation));
        assertEquals(0xe4ca5f57L, crc(test));
        assertEquals(0xf5fbcb7eL, crc(train));
        assertEquals(0xe942c00eL, crc(validation));
    }

    @Test
    void fashionIsReadWhole() {
        Path directory = require(DataSource.FASHION);
        Dataset train = DataSource.FASHION.load(Split.TRAIN, directory);
        Dataset validation = DataSource.FASHION.load(Split.VALIDATION, directory);
        Dataset test = DataSource.FASHION.load(Split.TEST, directory);
        assertEquals(54_000, train.size());
        assertEquals(6_000, validation.size());
        assertEquals(10_000, test.size());
        assertArrayEquals(new int[] {9, 2, 1, 1, 6, 1, 4, 6, 5, 7}, firstLabels(test));
        assertEquals(0x12728439L, crc(test));
    }

    @Test
    void theScenesToMeasureOnAreTheSameEverywhere() {
        Path directory = require(DataSource.MNIST);
        assertEquals(0x51c48e36L, crc(DataSource.TRANSLATED.load(Split.TEST, directory)));
        assertEquals(0x024b08bfL, crc(DataSource.CLUTTERED.load(Split.TEST, directory)));
        assertEquals(0x5b8efe1fL, crc(DataSource.CLUTTERED.load(Split.VALIDATION, directory)));
        assertEquals(0x3810f0daL, crc(DataSource.named("cluttered-100-8").load(Split.TEST, directory)));
    }

    @Test
    void cifar10IsReadWhole() {
        DataSource cifar = DataSource.CIFAR10;
        Path directory = DataDirectory.resolve(cifar, null, System.getenv(), Path.of(System.getProperty("user.home")));
        assumeTrue(
                Files.exists(directory.resolve("test_batch.bin")),
                () -> "no CIFAR-10 in %s: set RAM_DATA_DIR to test on it".formatted(directory));
        Dataset train = cifar.load(Split.TRAIN, directory);
        Dataset test = cifar.load(Split.TEST, directory);
        int[] classes = new int[10];
        IntStream.range(0, train.size()).forEach(i -> classes[train.label(i)]++);
        byte[] first = new byte[3072];
        test.copyPixels(0, first, 0);
        Normalisation input = cifar.normalisation(directory, cifar.contents(directory));

        assertArrayEquals(new int[] {4507, 4512, 4521, 4481, 4525, 4471, 4512, 4515, 4468, 4488}, classes);
        assertEquals(5_000, cifar.load(Split.VALIDATION, directory).size());
        assertEquals(10_000, test.size());
        assertArrayEquals(new int[] {3, 8, 8, 0, 6, 6, 1, 6, 3, 1}, firstLabels(test));
        assertArrayEquals(new byte[] {(byte) 158, 112, 49}, new byte[] {first[0], first[1], first[2]});
        assertEquals(0.491549, input.mean().get(0), 1e-6);
        assertEquals(0.482125, input.mean().get(1), 1e-6);
        assertEquals(0.446427, input.mean().get(2), 1e-6);
        assertEquals(0.261735, input.deviation().get(2), 1e-6);
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
                    .filter(file -> source.publication().orElseThrow().files().stream()
                            .anyMatch(published -> published.md5().equals(IdxFile.md5(file))))
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
