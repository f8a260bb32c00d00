package io.github.ram.training.data.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.ImageShape;
import io.github.ram.training.data.Contents;
import io.github.ram.training.data.DataException;
import io.github.ram.training.data.Dataset;
import io.github.ram.training.data.Split;
import io.github.ram.training.data.source.DataSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFileTest {

    private static final ImageShape SHAPE = new ImageShape(28, 28, 1);

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("data");
    }

    @Test
    void plainImagesAreRead() throws IOException {
        Files.write(file, IdxFixture.images(3));
        byte[] pixels = IdxFile.images(file, SHAPE);
        assertEquals(3 * 784, pixels.length);
        assertEquals(1, pixels[0]);
        assertEquals(3, pixels[3 * 784 - 1]);
    }

    @Test
    void plainLabelsAreRead() throws IOException {
        Files.write(file, IdxFixture.labels(7, 2, 1));
        assertArrayEquals(new byte[] {7, 2, 1}, IdxFile.labels(file, 10));
    }

    @Test
    void gzipIsKnownByItsContentsNotItsName() throws IOException {
        Files.write(file, IdxFixture.gzip(IdxFixture.labels(7, 2, 1)));
        assertArrayEquals(new byte[] {7, 2, 1}, IdxFile.labels(file, 10));
    }

    @Test
    void checksumIsThatOfTheUncompressedBytes() throws IOException {
        Files.write(file, new byte[] {'a', 'b', 'c'});
        assertEquals("900150983cd24fb0d6963f7d28e17f72", IdxFile.md5(file));
        Files.write(file, IdxFixture.gzip(new byte[] {'a', 'b', 'c'}));
        assertEquals("900150983cd24fb0d6963f7d28e17f72", IdxFile.md5(file));
    }

    @Test
    void emptyFileIsRefused() throws IOException {
        Files.write(file, new byte[0]);
        assertImagesRefused("%s ends within its header: delete it and fetch it again, for example with --download");
    }

    @Test
    void fileCutShortInItsHeaderIsRefused() throws IOException {
        Files.write(file, Arrays.copyOf(IdxFixture.images(1), 15));
        assertImagesRefused("%s ends within its header: delete it and fetch it again, for example with --download");
    }

    @Test
    void fileCutShortInItsDataIsRefused() throws IOException {
        Files.write(file, Arrays.copyOf(IdxFixture.images(2), 16 + 1000));
        assertImagesRefused("%s is cut short: 2 images need 1568 bytes after the header, found 1000; "
                + "delete it and fetch it again, for example with --download");
    }

    @Test
    void bytesAfterTheDataAreRefused() throws IOException {
        Files.write(file, Arrays.copyOf(IdxFixture.images(2), 16 + 1569));
        assertImagesRefused("%s has more bytes than the 2 images (1568 bytes) of its header: "
                + "delete it and fetch it again, for example with --download");
    }

    @Test
    void labelsWhereImagesBelongAreRefused() throws IOException {
        Files.write(file, IdxFixture.labels(7, 2, 1));
        assertImagesRefused("%s holds labels where images belong: give the files their published names back");
    }

    @Test
    void imagesWhereLabelsBelongAreRefused() throws IOException {
        Files.write(file, IdxFixture.images(1));
        assertLabelsRefused("%s holds images where labels belong: give the files their published names back");
    }

    @Test
    void anotherFormatIsRefused() throws IOException {
        Files.writeString(file, "<!doctype html>");
        assertLabelsRefused("%s is no IDX file of labels: it starts with 0x3c21646f, expected 0x00000801; "
                + "delete it and fetch it again, for example with --download");
    }

    @Test
    void anotherShapeIsRefused() throws IOException {
        Files.write(
                file,
                ByteBuffer.allocate(16 + 32 * 30)
                        .putInt(0x00000803)
                        .putInt(1)
                        .putInt(32)
                        .putInt(30)
                        .array());
        assertImagesRefused("%s holds images of 32×30×1, expected 28×28×1: give the directory of another data set");
    }

    @Test
    void dimensionsThatOverflowAreRefused() throws IOException {
        Files.write(file, header(1, 0x80000000, 0xffffffff));
        assertImagesRefused("%s holds images of 2147483648×4294967295×1, expected 28×28×1: "
                + "give the directory of another data set");
    }

    @Test
    void absurdCountIsRefused() throws IOException {
        Files.write(file, header(0x80000000, 28, 28));
        assertImagesRefused("%s claims to hold 2147483648 images, more than the 2739137 this program reads: "
                + "split it; if it is damaged, delete it and fetch it again, for example with --download");
    }

    @Test
    void largestCountInAFileWithoutDataIsCutShort() throws IOException {
        Files.write(file, header(2_739_137, 28, 28));
        assertImagesRefused("%s is cut short: 2739137 images need 2147483408 bytes after the header, found 0; "
                + "delete it and fetch it again, for example with --download");
    }

    @Test
    void gzipThatUnpacksToFarMoreThanItAnnouncesIsRefused() throws IOException {
        Files.write(file, IdxFixture.gzip(Arrays.copyOf(IdxFixture.images(2), 1 << 25)));
        assertImagesRefused("%s has more bytes than the 2 images (1568 bytes) of its header: "
                + "delete it and fetch it again, for example with --download");
    }

    @Test
    void zeroImagesAreRefused() throws IOException {
        Files.write(file, IdxFixture.images(0));
        assertImagesRefused("%s holds no images: delete it and fetch it again, for example with --download");
    }

    @Test
    void zeroLabelsAreRefused() throws IOException {
        Files.write(file, IdxFixture.labels());
        assertLabelsRefused("%s holds no labels: delete it and fetch it again, for example with --download");
    }

    @Test
    void labelOutsideTheClassesIsRefused() throws IOException {
        Files.write(file, IdxFixture.labels(9, 0, 10));
        assertLabelsRefused("%s: label 2 is 10, expected 0 to 9: give the directory of another data set");
    }

    @Test
    void labelAbove127IsRefused() throws IOException {
        Files.write(file, IdxFixture.labels(255));
        assertLabelsRefused("%s: label 0 is 255, expected 0 to 9: give the directory of another data set");
    }

    @Test
    void gzipWithAWrongChecksumIsRefused() throws IOException {
        byte[] packed = IdxFixture.gzip(IdxFixture.images(2));
        packed[packed.length - 8] ^= 1; // the CRC-32 and the length end a gzip file
        Files.write(file, packed);
        assertImagesRefused("%s is a damaged gzip file (Corrupt GZIP trailer): "
                + "delete it and fetch it again, for example with --download");
    }

    @Test
    void gzipCutShortIsRefused() throws IOException {
        byte[] packed = IdxFixture.gzip(IdxFixture.images(2));
        Files.write(file, Arrays.copyOf(packed, packed.length / 2));
        assertImagesRefused("%s is a gzip file cut short: delete it and fetch it again, for example with --download");
    }

    @Test
    void gzipOfTwoBytesIsRefused() throws IOException {
        Files.write(file, new byte[] {0x1f, (byte) 0x8b});
        assertImagesRefused("%s is a gzip file cut short: delete it and fetch it again, for example with --download");
    }

    @Test
    void directoryInPlaceOfAFileIsRefused() throws IOException {
        Files.createDirectory(file);
        DataException refusal = assertThrows(DataException.class, () -> IdxFile.images(file, SHAPE));
        assertTrue(refusal.getMessage().startsWith(file + " cannot be read: "), refusal.getMessage());
    }

    private static byte[] header(int count, int rows, int columns) {
        return ByteBuffer.allocate(16)
                .putInt(0x00000803)
                .putInt(count)
                .putInt(rows)
                .putInt(columns)
                .array();
    }

    private void assertImagesRefused(String message) {
        DataException refusal = assertThrows(DataException.class, () -> IdxFile.images(file, SHAPE));
        assertEquals(message.formatted(file), refusal.getMessage());
    }

    private void assertLabelsRefused(String message) {
        DataException refusal = assertThrows(DataException.class, () -> IdxFile.labels(file, 10));
        assertEquals(message.formatted(file), refusal.getMessage());
    }

    @Test
    void filesOfOnesOwnSayTheirShapeAndClasses() throws IOException {
        ByteBuffer images = ByteBuffer.allocate(16 + 12);
        images.putInt(0x00000803).putInt(2).putInt(2).putInt(3);
        Files.write(directory.resolve("t10k-images-idx3-ubyte"), images.array());
        Files.write(directory.resolve("t10k-labels-idx1-ubyte"), IdxFixture.labels(0, 3));

        Contents contents = DataSource.IDX.contents(directory);
        assertEquals(new Contents(new ImageShape(2, 3, 1), List.of("0", "1", "2", "3")), contents);
        Dataset test = DataSource.IDX.load(Split.TEST, directory, contents);
        assertEquals(2, test.size());
        assertEquals(3, test.label(1));
    }
}
