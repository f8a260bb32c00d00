package io.github.ram.training.data.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.ram.training.data.file.IdxName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    private static final Path HOME = Path.of("/home/someone");

    @TempDir
    Path directory;

    @Test
    void givenDirectoryComesFirst() {
        assertEquals(
                directory,
                DataDirectory.resolve(DataSource.MNIST, directory, Map.of("RAM_DATA_DIR", "/elsewhere"), HOME));
    }

    @Test
    void environmentComesSecond() {
        assertEquals(directory, fromEnvironment(DataSource.MNIST));
    }

    @Test
    void cacheComesLast() {
        assertEquals(
                Path.of("/home/someone/.cache/ram/fashion"),
                DataDirectory.resolve(DataSource.FASHION, null, Map.of(), HOME));
    }

    @Test
    void emptyVariableCountsAsUnset() {
        assertEquals(
                Path.of("/home/someone/.cache/ram/mnist"),
                DataDirectory.resolve(DataSource.MNIST, null, Map.of("RAM_DATA_DIR", ""), HOME));
    }

    @Test
    void subFolderOfTheDataSetIsPreferred() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("mnist"));
        assertEquals(folder, fromEnvironment(DataSource.MNIST));
        assertEquals(folder, DataDirectory.resolve(DataSource.MNIST, directory, Map.of(), HOME));
        assertEquals(directory, fromEnvironment(DataSource.FASHION));
    }

    @Test
    void filesAreFoundWhereTorchvisionAndKagglePutThem() throws IOException {
        Path raw = Files.createDirectories(directory.resolve("MNIST/raw"));
        Path kaggle = Files.createDirectories(directory.resolve("t10k-images-idx3-ubyte"));
        Path images = Files.createFile(kaggle.resolve("t10k-images-idx3-ubyte"));

        assertEquals(raw, fromEnvironment(DataSource.MNIST));
        assertEquals(images, IdxName.TEST_IMAGES.in(directory).orElseThrow());
    }

    @Test
    void fashionIsFoundUnderItsLongName() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("fashion-mnist"));
        assertEquals(folder, fromEnvironment(DataSource.FASHION));
    }

    private Path fromEnvironment(DataSource source) {
        return DataDirectory.resolve(source, null, Map.of("RAM_DATA_DIR", directory.toString()), HOME);
    }
}
