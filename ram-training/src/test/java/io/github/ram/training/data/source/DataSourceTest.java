package io.github.ram.training.data.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.ImageShape;
import io.github.ram.training.data.DataException;
import io.github.ram.training.data.Dataset;
import io.github.ram.training.data.Split;
import io.github.ram.training.data.file.IdxFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSourceTest {

    @TempDir
    Path directory;

    @Test
    void nameIsReadInAnyCase() {
        assertEquals(DataSource.FASHION, DataSource.named("Fashion"));
    }

    @Test
    void unknownNameIsRefused() {
        assertRefused(
                "no data set is called cifar: choose one of "
                        + "mnist, digits, fashion, translated[-SIDE], cluttered[-SIDE[-PIECES]], strokes, cifar10, cifar100, shapes, folder or idx",
                () -> DataSource.named("cifar"));
    }

    @Test
    void everySourceKnowsItsClassesAndShape() {
        assertEquals("7", DataSource.MNIST.contents(null).labels().get(7));
        assertEquals("Sneaker", DataSource.FASHION.contents(null).labels().get(7));
        for (DataSource source : List.of(DataSource.MNIST, DataSource.FASHION, DataSource.STROKES)) {
            assertEquals(10, source.contents(null).labels().size());
            assertEquals(new ImageShape(28, 28, 1), source.contents(null).shape());
        }
        for (DataSource source : List.of(DataSource.TRANSLATED, DataSource.CLUTTERED)) {
            assertEquals(10, source.contents(null).labels().size());
            assertEquals(new ImageShape(60, 60, 1), source.contents(null).shape());
        }
    }

    @Test
    void scenesAreMadeOfMnistsFiles() throws IOException {
        IdxFixture.smallSet(directory);
        Dataset test = DataSource.named("Cluttered-100-8").load(Split.TEST, directory);
        assertEquals("cluttered-100-8 test", test.name());
        assertEquals(new ImageShape(100, 100, 1), test.shape());
        assertEquals(List.of(7, 2, 1), labels(test));
        assertEquals(18, DataSource.TRANSLATED.load(Split.TRAIN, directory).size());
        assertEquals(2, DataSource.TRANSLATED.load(Split.VALIDATION, directory).size());
    }

    @Test
    void testSplitKeepsThePublishedOrder() throws IOException {
        IdxFixture.smallSet(directory);
        Dataset test = DataSource.MNIST.load(Split.TEST, directory);
        assertEquals("mnist test", test.name());
        assertEquals(List.of(7, 2, 1), labels(test));
        assertEquals(List.of(1, 2, 3), firstPixels(test));
    }

    @Test
    void testSplitNeedsNoTrainingFiles() throws IOException {
        IdxFixture.smallSet(directory);
        Files.delete(directory.resolve("train-images-idx3-ubyte"));
        Files.delete(directory.resolve("train-labels-idx1-ubyte"));
        assertEquals(3, DataSource.MNIST.load(Split.TEST, directory).size());
    }

    @Test
    void trainingSplitsNeedNoTestFiles() throws IOException {
        IdxFixture.smallSet(directory);
        Files.delete(directory.resolve("t10k-images-idx3-ubyte"));
        Files.delete(directory.resolve("t10k-labels-idx1-ubyte"));
        assertEquals(18, DataSource.MNIST.load(Split.TRAIN, directory).size());
        assertEquals(2, DataSource.MNIST.load(Split.VALIDATION, directory).size());
    }

    @Test
    void trainAndValidationAreAFixedShuffleOfTheTrainingSet() throws IOException {
        IdxFixture.smallSet(directory);
        assertEquals(List.of(17, 14), firstPixels(DataSource.MNIST.load(Split.VALIDATION, directory)));
        assertEquals(
                List.of(12, 4, 10, 9, 8, 19, 11, 18, 2, 1, 13, 5, 6, 7, 3, 16, 20, 15),
                firstPixels(DataSource.MNIST.load(Split.TRAIN, directory)));
    }

    @Test
    void everyTrainingImageIsInExactlyOneSplitWithItsLabel() throws IOException {
        IdxFixture.smallSet(directory);
        boolean[] seen = new boolean[21];
        int count = 0;
        for (Split split : List.of(Split.TRAIN, Split.VALIDATION)) {
            Dataset part = DataSource.MNIST.load(split, directory);
            for (int i = 0; i < part.size(); i++) {
                int pixel = firstPixels(part).get(i); // image i of the file is filled with i + 1
                assertFalse(seen[pixel]);
                seen[pixel] = true;
                assertEquals((pixel - 1) % 10, part.label(i));
                count++;
            }
        }
        assertEquals(20, count);
    }

    @Test
    void filesAreFoundUnderTheirOtherNames() throws IOException {
        Files.write(directory.resolve("t10k-images.idx3-ubyte"), IdxFixture.images(3));
        Files.write(directory.resolve("t10k-labels-idx1-ubyte.gz"), IdxFixture.gzip(IdxFixture.labels(7, 2, 1)));
        assertEquals(3, DataSource.MNIST.load(Split.TEST, directory).size());
    }

    @Test
    void missingDirectoryIsNamed() {
        Path missing = directory.resolve("missing");
        assertRefused(
                "no directory %s: add --download to fetch mnist, or put its four files there, plain or .gz: "
                                .formatted(missing)
                        + "train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte, "
                        + "t10k-labels-idx1-ubyte",
                () -> DataSource.MNIST.load(Split.TEST, missing));
    }

    @Test
    void missingFileIsNamed() throws IOException {
        IdxFixture.smallSet(directory);
        Files.delete(directory.resolve("train-images-idx3-ubyte"));
        assertRefused(
                "no file train-images-idx3-ubyte (or .gz) in %s: add --download to fetch fashion, ".formatted(directory)
                        + "or put its four files there, plain or .gz: train-images-idx3-ubyte, "
                        + "train-labels-idx1-ubyte, t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte",
                () -> DataSource.FASHION.load(Split.TRAIN, directory));
    }

    @Test
    void moreLabelsThanImagesAreRefused() throws IOException {
        IdxFixture.smallSet(directory);
        Files.write(directory.resolve("t10k-labels-idx1-ubyte"), IdxFixture.labels(7, 2, 1, 0));
        assertRefused(
                directory.resolve("t10k-images-idx3-ubyte") + " holds 3 images but "
                        + directory.resolve("t10k-labels-idx1-ubyte")
                        + " holds 4 labels: take both files from the same data set",
                () -> DataSource.MNIST.load(Split.TEST, directory));
    }

    @Test
    void tooFewTrainingImagesToSplitAreRefused() throws IOException {
        IdxFixture.smallSet(directory);
        Files.write(directory.resolve("train-images-idx3-ubyte"), IdxFixture.images(9));
        Files.write(directory.resolve("train-labels-idx1-ubyte"), IdxFixture.labels(0, 1, 2, 3, 4, 5, 6, 7, 8));
        assertRefused(
                directory + " holds 9 training images, expected at least 10: one in ten is set aside for validation",
                () -> DataSource.MNIST.load(Split.TRAIN, directory));
    }

    @Test
    void strokesNeedsNoDirectory() {
        assertFalse(DataSource.STROKES.readsFiles());
        assertTrue(DataSource.MNIST.readsFiles());
        assertEquals("strokes test", DataSource.STROKES.load(Split.TEST, null).name());
    }

    private static List<Integer> labels(Dataset dataset) {
        return IntStream.range(0, dataset.size()).map(dataset::label).boxed().toList();
    }

    private static List<Integer> firstPixels(Dataset dataset) {
        byte[] image = new byte[dataset.shape().size()];
        return IntStream.range(0, dataset.size())
                .map(i -> {
                    dataset.copyPixels(i, image, 0);
                    return image[0];
                })
                .boxed()
                .toList();
    }

    private static void assertRefused(String message, Runnable action) {
        assertEquals(message, assertThrows(DataException.class, action::run).getMessage());
    }
}
