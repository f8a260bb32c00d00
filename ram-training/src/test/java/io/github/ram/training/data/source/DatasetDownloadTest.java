package io.github.ram.training.data.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.training.data.DataException;
import io.github.ram.training.data.Dataset;
import io.github.ram.training.data.Split;
import io.github.ram.training.data.file.CifarFixture;
import io.github.ram.training.data.file.IdxFile;
import io.github.ram.training.data.file.IdxName;
import io.github.ram.training.data.file.Publication;
import io.github.ram.training.data.file.PublishedFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetDownloadTest {

    private static final Map<IdxName, String> MD5 = Map.of(
            IdxName.TRAIN_IMAGES, "372ac302c61f5c61db305afd6a725005",
            IdxName.TRAIN_LABELS, "c6209f0be40064eaee7e4ecfdbdf7cdb",
            IdxName.TEST_IMAGES, "89450c79cf2b4801bedbe8e718eefee1",
            IdxName.TEST_LABELS, "ea0db4855e6c1bce7c68921767a5797e");

    private static final String[] ALL = {
        "t10k-images-idx3-ubyte.gz",
        "t10k-labels-idx1-ubyte.gz",
        "train-images-idx3-ubyte.gz",
        "train-labels-idx1-ubyte.gz"
    };

    @TempDir
    Path home;

    private final List<URI> requested = new ArrayList<>();
    private MirrorFixture mirror;
    private Path directory;

    @BeforeEach
    void startMirror() throws IOException {
        mirror = new MirrorFixture();
        directory = home.resolve("cache").resolve("set");
    }

    @AfterEach
    void stopMirror() {
        mirror.close();
    }

    @Test
    void missingFilesAreFetched() throws IOException {
        List<Path> fetched = download("good").into(directory, requested::add);
        assertEquals(
                Stream.of(IdxName.values())
                        .map(name -> directory.resolve(name.published() + ".gz"))
                        .toList(),
                fetched);
        assertHolds(ALL);
        assertEquals("372ac302c61f5c61db305afd6a725005", IdxFile.md5(directory.resolve("train-images-idx3-ubyte.gz")));
        assertEquals("ea0db4855e6c1bce7c68921767a5797e", IdxFile.md5(directory.resolve("t10k-labels-idx1-ubyte.gz")));
    }

    @Test
    void fileNotFoundSendsToTheNextMirror() throws IOException {
        download("absent", "good").into(directory, requested::add);
        assertHolds(ALL);
        assertEquals(8, requested.size());
        assertEquals(mirror.base("absent").resolve("train-images-idx3-ubyte.gz"), requested.get(0));
        assertEquals(mirror.base("good").resolve("train-images-idx3-ubyte.gz"), requested.get(1));
    }

    @Test
    void wrongChecksumIsRefusedAndNothingIsLeftBehind() throws IOException {
        assertFails(
                download("foreign"),
                mirror.base("foreign")
                        + "train-images-idx3-ubyte.gz: contents have MD5 6c7ba9c5a141421e1c03cb9807c97c74, expected 372ac302c61f5c61db305afd6a725005");
        assertHolds();
    }

    @Test
    void wrongChecksumSendsToTheNextMirror() throws IOException {
        download("foreign", "good").into(directory, requested::add);
        assertHolds(ALL);
    }

    @Test
    void halfAGzipFileIsRefused() throws IOException {
        assertFails(download("half"), mirror.base("half") + "train-images-idx3-ubyte.gz: not a whole gzip file");
        assertHolds();
    }

    @Test
    void connectionThatBreaksIsRefused() throws IOException {
        DataException refusal =
                assertThrows(DataException.class, () -> download("cut").into(directory, requested::add));
        assertTrue(refusal.getMessage().contains("/cut/train-images-idx3-ubyte.gz: java.io.IOException"));
        assertHolds();
    }

    @Test
    void connectionThatStallsIsGivenUp() throws IOException {
        DatasetDownload download =
                new DatasetDownload(publication(mirror.base("stalled")), Duration.ofSeconds(10), Duration.ofSeconds(1));
        assertFails(download, mirror.base("stalled") + "train-images-idx3-ubyte.gz: not finished within 1 s");
        assertHolds();
    }

    @Test
    void withoutInternetTheManualStepsAreGiven() throws IOException {
        URI nobody = mirror.base("good");
        mirror.close();
        DataException refusal =
                assertThrows(DataException.class, () -> download(nobody).into(directory, requested::add));
        String message = refusal.getMessage();
        assertTrue(
                message.startsWith("cannot download train-images-idx3-ubyte.gz of sample (" + nobody
                        + "train-images-idx3-ubyte.gz: java.net.ConnectException"),
                message);
        assertTrue(
                message.endsWith("): without Internet, put these files in " + directory
                        + " by hand, plain or as .gz: "
                        + "train-images-idx3-ubyte (MD5 372ac302c61f5c61db305afd6a725005), "
                        + "train-labels-idx1-ubyte (MD5 c6209f0be40064eaee7e4ecfdbdf7cdb), "
                        + "t10k-images-idx3-ubyte (MD5 89450c79cf2b4801bedbe8e718eefee1), "
                        + "t10k-labels-idx1-ubyte (MD5 ea0db4855e6c1bce7c68921767a5797e)"),
                message);
        assertHolds();
    }

    @Test
    void filesThatAreThereAndRightAreKept() throws IOException {
        Files.createDirectories(directory);
        Path plain = Files.writeString(directory.resolve("train-images-idx3-ubyte"), "train images");
        download("good").into(directory, requested::add);
        assertEquals(3, requested.size());
        assertEquals("train images", Files.readString(plain));
        assertHolds(
                "t10k-images-idx3-ubyte.gz",
                "t10k-labels-idx1-ubyte.gz",
                "train-images-idx3-ubyte",
                "train-labels-idx1-ubyte.gz");
    }

    @Test
    void completeDirectoryNeedsNoServer() {
        download("good").into(directory, requested::add);
        requested.clear();
        mirror.close();
        assertEquals(List.of(), download("good").into(directory, requested::add));
        assertEquals(List.of(), requested);
    }

    @Test
    void foreignFileIsNotOverwritten() throws IOException {
        Files.createDirectories(directory);
        Path foreign = Files.writeString(directory.resolve("t10k-labels-idx1-ubyte"), "something else");
        DataException refusal =
                assertThrows(DataException.class, () -> download("good").into(directory, requested::add));
        assertEquals(
                foreign
                        + " is not the file published for sample (its contents have MD5 6c7ba9c5a141421e1c03cb9807c97c74, expected ea0db4855e6c1bce7c68921767a5797e): "
                        + "move it away and try again",
                refusal.getMessage());
        assertEquals("something else", Files.readString(foreign));
        assertEquals(List.of(), requested);
    }

    @Test
    void interruptedDownloadLeavesNothingBehind() throws IOException {
        Thread.currentThread().interrupt();
        DataException refusal =
                assertThrows(DataException.class, () -> download("good").into(directory, requested::add));
        assertTrue(Thread.interrupted());
        assertEquals(
                "the download of " + mirror.base("good") + "train-images-idx3-ubyte.gz was interrupted",
                refusal.getMessage());
        assertHolds();
    }

    @Test
    void fileInPlaceOfTheDirectoryIsRefused() throws IOException {
        Files.createDirectories(directory.getParent());
        Files.createFile(directory);
        DataException refusal =
                assertThrows(DataException.class, () -> download("good").into(directory, requested::add));
        assertEquals(
                "cannot write to %1$s: java.nio.file.FileAlreadyExistsException: %1$s".formatted(directory),
                refusal.getMessage());
    }

    @Test
    void filesThatHaveNoMirrorHaveToBePlacedByHand() {
        DataException refusal = assertThrows(DataException.class, () -> new DatasetDownload(DataSource.FOLDER));
        assertEquals(
                "--download cannot fetch folder: put its files into the folder of --data by hand",
                refusal.getMessage());
    }

    @Test
    void drawnDataAreNotDownloaded() {
        DataException refusal = assertThrows(DataException.class, () -> new DatasetDownload(DataSource.STROKES));
        assertEquals("there is nothing to download for strokes: this program makes it", refusal.getMessage());
    }

    /** A small archive of CIFAR's layout at the mirror, and its download. */
    private DatasetDownload cifar(String context, String md5) throws IOException {
        Path archive = CifarFixture.archive(
                Files.createDirectories(home.resolve("published")),
                List.of(
                        "data_batch_1.bin",
                        "data_batch_2.bin",
                        "data_batch_3.bin",
                        "data_batch_4.bin",
                        "data_batch_5.bin",
                        "test_batch.bin"));
        byte[] bytes = Files.readAllBytes(archive);
        mirror.publish("cifar-10-binary.tar.gz", bytes);
        String right = PublishedFile.digest(new ByteArrayInputStream(bytes));
        return new DatasetDownload(
                Publication.archive(CifarFixture.SMALL, List.of(mirror.base(context)), md5 == null ? right : md5),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60));
    }

    @Test
    void anArchiveIsFetchedAndRead() throws IOException {
        assertEquals(
                List.of(directory.resolve("cifar-10-binary.tar.gz")),
                cifar("good", null).into(directory, requested::add));

        assertHolds("cifar-10-binary.tar.gz");
        Dataset test = CifarFixture.SMALL.load(Split.TEST, directory, CifarFixture.SMALL.contents(directory));
        assertEquals(List.of(7, 8, 9), List.of(test.label(0), test.label(1), test.label(2)));
        assertEquals(List.of(), cifar("absent", null).into(directory, requested::add));
        assertEquals(List.of(mirror.base("good").resolve("cifar-10-binary.tar.gz")), requested);
    }

    @Test
    void anUnpackedArchiveIsNotFetchedAgain() throws IOException {
        CifarFixture.folder(directory);

        assertEquals(List.of(), cifar("good", null).into(directory, requested::add));
        assertEquals(List.of(), cifar("good", null).into(directory.resolve("cifar-10-batches-bin"), requested::add));
        assertEquals(List.of(), requested);
    }

    @Test
    void anArchiveOfAnotherChecksumIsRefused() throws IOException {
        String expected = "c32a1d4ab5d03f1284b67883e8d87530";
        DataException refusal =
                assertThrows(DataException.class, () -> cifar("good", expected).into(directory, requested::add));

        String address = mirror.base("good") + "cifar-10-binary.tar.gz";
        String message = refusal.getMessage();
        assertTrue(
                message.startsWith(
                        "cannot download cifar-10-binary.tar.gz of cifar10 (" + address + ": contents have MD5 "),
                message);
        assertTrue(
                message.endsWith(", expected " + expected + "): without Internet, fetch " + address + " (MD5 "
                        + expected + ") on another machine, and put it in " + directory + " as it is, or unpacked"),
                message);
        assertHolds();
    }

    @Test
    void anArchiveThatIsCutShortIsNotOverwritten() throws IOException {
        Files.createDirectories(directory);
        Path cut = Files.write(directory.resolve("cifar-10-binary.tar.gz"), new byte[100]);

        DataException refusal =
                assertThrows(DataException.class, () -> cifar("good", null).into(directory, requested::add));
        assertTrue(
                refusal.getMessage().startsWith(cut + " is not the file published for cifar10 (its contents have MD5 "),
                refusal.getMessage());
        assertTrue(refusal.getMessage().endsWith("): move it away and try again"), refusal.getMessage());
    }

    @Test
    void theArchivesOfCifarAreThoseOfThePublisher() {
        PublishedFile ten =
                DataSource.CIFAR10.publication().orElseThrow().files().get(0);
        Publication hundred = DataSource.CIFAR100.publication().orElseThrow();

        assertEquals("cifar-10-binary.tar.gz", ten.name());
        assertEquals("c32a1d4ab5d03f1284b67883e8d87530", ten.md5());
        assertEquals(
                URI.create("https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz"),
                hundred.mirrors().get(0).resolve(hundred.files().get(0).name()));
        assertEquals("03b5dce01913d631647c71ecec9e9cb8", hundred.files().get(0).md5());
    }

    private DatasetDownload download(String... contexts) {
        return download(Stream.of(contexts).map(mirror::base).toArray(URI[]::new));
    }

    private static DatasetDownload download(URI... mirrors) {
        return new DatasetDownload(publication(mirrors), Duration.ofSeconds(10), Duration.ofSeconds(60));
    }

    private static Publication publication(URI... mirrors) {
        return Publication.idx("sample", List.of(mirrors), MD5);
    }

    private void assertFails(DatasetDownload download, String reason) {
        DataException refusal = assertThrows(DataException.class, () -> download.into(directory, requested::add));
        assertTrue(refusal.getMessage().contains("(" + reason + ")"), refusal.getMessage());
    }

    private void assertHolds(String... names) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(
                    List.of(names),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }
}
