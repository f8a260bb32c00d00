package io.github.ram.training.data.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.training.data.Contents;
import io.github.ram.training.data.DataException;
import io.github.ram.training.data.Dataset;
import io.github.ram.training.data.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarReaderTest {

    private static final CifarReader SMALL = CifarFixture.SMALL;

    @TempDir
    Path directory;

    private Dataset load(Split split) {
        return SMALL.load(split, directory, SMALL.contents(directory));
    }

    private String refusal(Split split) {
        return assertThrows(DataException.class, () -> load(split)).getMessage();
    }

    private static List<Integer> labels(Dataset images) {
        return IntStream.range(0, images.size()).map(images::label).boxed().toList();
    }

    @Test
    void theLastTenthOfTheTrainingImagesIsForValidation() throws IOException {
        CifarFixture.folder(directory);
        assertEquals(List.of(0, 1, 2, 3, 1, 2, 3, 4, 2, 3, 4, 5, 3, 4, 5, 6, 4, 5), labels(load(Split.TRAIN)));
        assertEquals(List.of(6, 7), labels(load(Split.VALIDATION)));
        assertEquals(List.of(7, 8, 9), labels(load(Split.TEST)));
    }

    @Test
    void theChannelsOfAPixelLieSideBySide() throws IOException {
        CifarFixture.folder(directory);
        byte[] pixels = new byte[3072];
        load(Split.TEST).copyPixels(2, pixels, 0);
        assertArrayEquals(new byte[] {2, 12, 22, 2, 12, 22}, Arrays.copyOf(pixels, 6));
        assertArrayEquals(new byte[] {33, 43, 53}, Arrays.copyOfRange(pixels, 3069, 3072));
    }

    @Test
    void theArchiveGivesTheSameImagesInWhateverOrderItsFilesAre() throws IOException {
        CifarFixture.folder(directory);
        Dataset unpacked = load(Split.TRAIN);
        Path elsewhere = Files.createDirectory(directory.resolve("packed"));
        CifarFixture.archive(
                elsewhere,
                List.of(
                        "test_batch.bin",
                        "data_batch_5.bin",
                        "data_batch_3.bin",
                        "data_batch_1.bin",
                        "data_batch_4.bin",
                        "data_batch_2.bin"));
        Dataset packed = SMALL.load(Split.TRAIN, elsewhere, SMALL.contents(elsewhere));
        assertEquals(labels(unpacked), labels(packed));
        byte[] one = new byte[3072];
        byte[] other = new byte[3072];
        for (int i = 0; i < unpacked.size(); i++) {
            unpacked.copyPixels(i, one, 0);
            packed.copyPixels(i, other, 0);
            assertArrayEquals(one, other);
        }
    }

    @Test
    void aFolderWithoutTheDataSetIsRefused() {
        assertEquals(
                "neither a folder cifar-10-batches-bin nor a file cifar-10-binary.tar.gz in " + directory
                        + ": put one of them there",
                refusal(Split.TEST));
    }

    @Test
    void aFileThatIsCutShortIsRefused() throws IOException {
        Path folder = CifarFixture.folder(directory);
        byte[] whole = CifarFixture.file("test_batch.bin");
        Files.write(folder.resolve("test_batch.bin"), Arrays.copyOf(whole, 6146));
        assertEquals(
                folder.resolve("test_batch.bin")
                        + " has 6146 bytes, expected 9219 (3 records of 3073 bytes): it is cut short or not of cifar10",
                refusal(Split.TEST));
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        Path folder = CifarFixture.folder(directory);
        Files.delete(folder.resolve("data_batch_3.bin"));
        assertEquals(
                "no file data_batch_3.bin in " + folder + ": unpack cifar-10-binary.tar.gz again",
                refusal(Split.TRAIN));
    }

    @Test
    void aLabelOutOfRangeIsRefused() throws IOException {
        Path folder = CifarFixture.folder(directory);
        Files.write(folder.resolve("test_batch.bin"), CifarFixture.records(1, 3, 8));
        assertEquals(
                folder.resolve("test_batch.bin")
                        + ": the label of record 2 must be in [0, 9], got 10; the file is not of cifar10",
                refusal(Split.TEST));
    }

    @Test
    void anArchiveThatIsCutShortIsRefused() throws IOException {
        Path archive = CifarFixture.archive(directory, List.of("test_batch.bin"));
        byte[] bytes = Files.readAllBytes(archive);
        Files.write(archive, Arrays.copyOf(bytes, bytes.length / 2));
        assertEquals(archive + " is cut short: fetch the archive again", refusal(Split.TEST));
    }

    @Test
    void anArchiveOfAnotherKindIsRefused() throws IOException {
        Path archive = directory.resolve("cifar-10-binary.tar.gz");
        Files.write(archive, "PK is the beginning of a ZIP archive".getBytes());
        assertEquals(archive + " is damaged or not a gzip archive: Not in GZIP format", refusal(Split.TEST));
        CifarFixture.archive(directory, List.of("data_batch_1.bin"));
        assertTrue(refusal(Split.TEST).contains(" holds no test_batch.bin: it is not "), refusal(Split.TEST));
    }

    @Test
    void ofTwoLabelsTheLastIsTheClass() throws IOException {
        CifarReader small = new CifarReader(
                "cifar100",
                CifarReader.CIFAR100.classes(),
                CifarReader.CIFAR100.folder(),
                CifarReader.CIFAR100.archive(),
                CifarReader.CIFAR100.training(),
                CifarReader.CIFAR100.test(),
                new CifarReader.RecordFormat(2, 10, 3));
        Path folder = Files.createDirectories(directory.resolve(small.folder()));
        Files.write(folder.resolve("train.bin"), CifarFixture.records(2, 10, 40));
        Files.write(folder.resolve("test.bin"), CifarFixture.records(2, 3, 97));
        Contents contents = small.contents(directory);

        assertEquals(List.of(97, 98, 99), labels(small.load(Split.TEST, directory, contents)));
        assertEquals(List.of(49), labels(small.load(Split.VALIDATION, directory, contents)));
        assertEquals(100, contents.labels().size());
        assertEquals("worm", contents.labels().get(99));
        assertEquals("aquarium fish", contents.labels().get(1));
    }
}
