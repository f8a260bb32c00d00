package io.github.ram.training.npz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.training.TrainingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NpzTest {

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void chooseFile() {
        file = directory.resolve("a.npz");
    }

    /** An archive of one array {@code x}, its header as given. */
    private void archive(byte[] entry) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("x.npy"));
            zip.write(entry);
            zip.closeEntry();
        }
    }

    private static byte[] array(int version, int headerLength, String header, byte... values) {
        byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
        int begin = version == 1 ? 10 : 12;
        byte[] bytes = new byte[begin + text.length + values.length];
        byte[] magic = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0};
        System.arraycopy(magic, 0, bytes, 0, magic.length);
        for (int i = 8; i < begin; i++) {
            bytes[i] = (byte) (headerLength >> 8 * (i - 8));
        }
        System.arraycopy(text, 0, bytes, begin, text.length);
        System.arraycopy(values, 0, bytes, begin + text.length, values.length);
        return bytes;
    }

    private String refusal() {
        return assertThrows(TrainingException.class, () -> Npz.read(file)).getMessage();
    }

    @Test
    void writtenArraysAreReadBack() throws IOException {
        Map<String, Npz.Array> arrays = new LinkedHashMap<>();
        arrays.put("matrix", new Npz.Array(new int[] {2, 3}, new float[] {1, -2, 3.5f, 0, 1e-30f, 6}));
        arrays.put("vector", new Npz.Array(new int[] {1}, new float[] {0.1f}));
        arrays.put("scalar", new Npz.Array(new int[0], new float[] {7}));

        Npz.write(file, arrays);
        Map<String, Npz.Array> read = Npz.read(file);

        assertEquals(arrays.keySet(), read.keySet());
        assertArrayEquals(new int[] {2, 3}, read.get("matrix").shape());
        assertArrayEquals(
                new float[] {1, -2, 3.5f, 0, 1e-30f, 6}, read.get("matrix").values());
        assertArrayEquals(new int[0], read.get("scalar").shape());
        assertArrayEquals(new float[] {7}, read.get("scalar").values());
        assertEquals(List.of(file), files());
    }

    @Test
    void valuesBeginAtAMultipleOf64BytesAsNumPyWantsThem() throws IOException {
        Npz.write(file, Map.of("x", new Npz.Array(new int[] {1, 2}, new float[] {1, 2})));

        try (ZipFile zip = new ZipFile(file.toFile())) {
            byte[] bytes = zip.getInputStream(zip.getEntry("x.npy")).readAllBytes();
            assertEquals(0, (bytes.length - 8) % 64);
            assertEquals('\n', bytes[bytes.length - 9]);
            assertTrue(new String(bytes, 10, 70, StandardCharsets.ISO_8859_1)
                    .startsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2,), }"));
        }
    }

    @Test
    void aLongHeaderOfTheSecondVersionIsRead() throws IOException {
        String header = "{'descr': '>f8', 'fortran_order': False, 'shape': (1,), }" + " ".repeat(70_000) + "\n";
        archive(array(2, header.length(), header, new byte[] {0x40, 0x09, 0, 0, 0, 0, 0, 0}));

        assertArrayEquals(new float[] {3.125f}, Npz.read(file).get("x").values());
    }

    @Test
    void anArrayOfRankThreeInFortranOrderIsReordered() throws IOException {
        String header = "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3, 2), }";
        ByteBuffer values = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
        // 100·i + 10·j + k at [i, j, k], the first index fastest
        for (int value : new int[] {0, 100, 10, 110, 20, 120, 1, 101, 11, 111, 21, 121}) {
            values.putFloat(value);
        }
        archive(array(1, header.length(), header, values.array()));

        Npz.Array array = Npz.read(file).get("x");

        assertArrayEquals(new int[] {2, 3, 2}, array.shape());
        assertArrayEquals(new float[] {0, 1, 10, 11, 20, 21, 100, 101, 110, 111, 120, 121}, array.values());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'<i8' | False | (1,) | must have float32 or float64 values, its header is",
                "'<f2' | False | (4,) | must have float32 or float64 values, its header is",
                "'<c8' | False | (1,) | must have float32 or float64 values, its header is",
                "'>i4' | False | (2,) | must have float32 or float64 values, its header is",
                "[('a', '<f4')] | False | (1,) | must have float32 or float64 values, its header is",
                "'<f4' | Maybe | (2,) | must have an order, its header is",
                "'<f4' | False | 2 | must have a shape, its header is",
                "'<f4' | False | (-2,) | must have a shape, its header is",
                "'<f4' | False | (99999999999,) | must have a shape, its header is",
                "'<f4' | False | (111111111111111111111111111111111111111111111x,) | must have a shape, its header is",
                "'<f4' | False | (3,) | has 8 bytes of values, which is not what its shape [3] needs",
                "'<f4' | False | (1,) | has 8 bytes of values, which is not what its shape [1] needs",
                "'<f4' | False | (999999999, 999999999, 999999999)"
                        + " | has 8 bytes of values, which is not what its shape [999999999, 999999999, 999999999] needs",
                "'<f4' | False | (0, 5) | has 8 bytes of values, which is not what its shape [0, 5] needs"
            })
    void arraysOfAnotherKindAreRefusedByName(String type, String order, String shape, String message)
            throws IOException {
        String header = "{'descr': %s, 'fortran_order': %s, 'shape': %s, }\n".formatted(type, order, shape);
        archive(array(1, header.length(), header, new byte[8]));

        String refusal = refusal();

        assertTrue(refusal.startsWith(file + ": array x " + message), refusal);
        assertEquals(1, refusal.lines().count());
    }

    @ParameterizedTest
    @CsvSource({"1, 65535", "1, 61", "2, 2147483647", "2, -1", "3, -2147483648"})
    void aHeaderLongerThanItsArrayIsRefused(int version, int length) throws IOException {
        archive(array(version, length, "{'descr': '<f4', 'fortran_order': False, 'shape': (), }\n", new byte[4]));

        assertEquals(file + ": array x is truncated", refusal());
    }

    @ParameterizedTest
    @CsvSource({"0", "6", "9"})
    void anEntryTooShortForAnArrayIsRefused(int bytes) throws IOException {
        archive(Arrays.copyOf(array(1, 1, "{}"), bytes));

        assertEquals(file + ": array x is not in NumPy's format", refusal());
    }

    @Test
    void anEntryThatIsNoArrayIsRefused() throws IOException {
        archive("just some text, long enough".getBytes(StandardCharsets.US_ASCII));

        assertEquals(file + ": array x is not in NumPy's format", refusal());
    }

    @Test
    void aFileThatIsNoArchiveIsRefused() throws IOException {
        Files.writeString(file, "weights");

        assertTrue(refusal().startsWith(file + " is not an archive of NumPy arrays (.npz): "), refusal());
    }

    @Test
    void aTruncatedArchiveIsRefused() throws IOException {
        Npz.write(file, Map.of("x", new Npz.Array(new int[] {500}, new float[500])));
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {0, 1, 30, whole.length / 2, whole.length - 1}) {
            Files.write(file, Arrays.copyOf(whole, length));

            assertTrue(refusal().startsWith(file + " is not an archive of NumPy arrays (.npz): "), refusal());
        }
    }

    @Test
    void aDamagedArchiveIsRefused() throws IOException {
        Npz.write(file, Map.of("x", new Npz.Array(new int[] {3}, new float[] {1, 2, 3})));
        byte[] bytes = Files.readAllBytes(file);
        bytes[60] ^= 0x55;
        Files.write(file, bytes);

        assertTrue(refusal().startsWith(file.toString()), refusal());
    }

    @Test
    void aFileThatIsNotThereIsRefused() {
        assertEquals(file + ": there is no such file", refusal());
    }

    @Test
    void anArchiveThatCannotBeWrittenLeavesNothingBehind() throws IOException {
        Files.createDirectories(file.resolve("in the way"));

        var refusal = assertThrows(
                TrainingException.class,
                () -> Npz.write(file, Map.of("x", new Npz.Array(new int[] {1}, new float[] {1}))));

        assertTrue(refusal.getMessage().startsWith(file + " cannot be written: "), refusal.getMessage());
        assertEquals(List.of(file), files());
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
