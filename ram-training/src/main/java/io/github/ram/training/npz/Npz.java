package io.github.ram.training.npz;

import io.github.ram.training.TrainingException;
import io.github.ram.training.run.OutputFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Reads and writes NumPy's archives of arrays: a ZIP file of {@code NAME.npy} files, each a header and the values.
 * Reads float32 and float64, little- and big-endian, in C and Fortran order; writes little-endian float32.
 *
 * <p>The format is NumPy's NEP 1.
 */
public final class Npz {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern TYPE = Pattern.compile("'descr': *'([<>])f([48])'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order': *(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape': *\\(((?:\\d{1,9}, *)*(?:\\d{1,9})?)\\)");

    /** Far more than the weights of any model here need. */
    private static final int MAX_BYTES = 1 << 30;

    private Npz() {}

    /**
     * An array.
     *
     * @param shape sizes of its axes; none for a scalar
     * @param values in C order
     */
    public record Array(int[] shape, float[] values) {}

    /** Reads every array of an archive: see {@link #read(Path, Predicate)}. */
    public static Map<String, Array> read(Path file) {
        return read(file, name -> true);
    }

    /**
     * Reads arrays of an archive.
     *
     * @param wanted whether an array of a name is read
     * @return by name, without {@code .npy}
     * @throws TrainingException if the file is not such an archive, or holds arrays of other types
     */
    public static Map<String, Array> read(Path file, Predicate<String> wanted) {
        if (!Files.isRegularFile(file)) {
            throw new TrainingException(String.format(Locale.ROOT, "%s: there is no such file", file));
        }
        Map<String, Array> arrays = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                String name = entry.getName().replaceFirst("\\.npy$", "");
                String where = String.format(Locale.ROOT, "%s: array %s", file, name);
                if (wanted.test(name)) {
                    arrays.put(name, array(where, content(where, zip, entry)));
                }
            }
        } catch (IOException e) {
            throw new TrainingException(
                    String.format(Locale.ROOT, "%s is not an archive of NumPy arrays (.npz): %s", file, e.getMessage()),
                    e);
        }
        return arrays;
    }

    private static byte[] content(String where, ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new TrainingException(String.format(Locale.ROOT, "%s has more than %d bytes", where, MAX_BYTES));
            }
            return bytes;
        }
    }

    private static Array array(String where, byte[] bytes) {
        if (bytes.length < 10 || !Arrays.equals(MAGIC, Arrays.copyOf(bytes, MAGIC.length))) {
            throw new TrainingException(where + " is not in NumPy's format");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        boolean shortHeader = bytes[6] == 1;
        int begin = shortHeader ? 10 : 12;
        int length = shortHeader ? buffer.getShort(8) & 0xffff : bytes.length < 12 ? -1 : buffer.getInt(8);
        if (length < 0 || length > bytes.length - begin) {
            throw new TrainingException(where + " is truncated");
        }
        String header = new String(bytes, begin, length, StandardCharsets.ISO_8859_1);
        Matcher type = find(where, header, TYPE, "float32 or float64 values");
        boolean columnsFirst = find(where, header, ORDER, "an order").group(1).equals("True");
        int[] shape = shape(find(where, header, SHAPE, "a shape").group(1));
        long count = Arrays.stream(shape).asLongStream().reduce(1, (a, b) -> Math.min(MAX_BYTES + 1L, a * b));
        int width = Integer.parseInt(type.group(2));
        buffer.position(begin + length);
        if (buffer.remaining() != count * width) {
            throw new TrainingException(String.format(
                    Locale.ROOT,
                    "%s has %d bytes of values, which is not what its shape %s needs",
                    where,
                    buffer.remaining(),
                    Arrays.toString(shape)));
        }
        buffer.order(type.group(1).equals("<") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        float[] values = new float[(int) count];
        for (int i = 0; i < values.length; i++) {
            values[i] = width == 4 ? buffer.getFloat() : (float) buffer.getDouble();
        }
        return new Array(shape, columnsFirst ? rowsFirst(values, shape) : values);
    }

    /** Reorders values of Fortran order, whose first index varies fastest, to C order, whose last index does. */
    private static float[] rowsFirst(float[] values, int[] shape) {
        int[] index = new int[shape.length];
        float[] result = new float[values.length];
        for (float value : values) {
            int at = 0;
            for (int axis = 0; axis < shape.length; axis++) {
                at = at * shape[axis] + index[axis];
            }
            result[at] = value;
            for (int axis = 0; axis < shape.length && ++index[axis] == shape[axis]; axis++) {
                index[axis] = 0;
            }
        }
        return result;
    }

    private static int[] shape(String sizes) {
        return Arrays.stream(sizes.split(","))
                .map(String::trim)
                .filter(size -> !size.isEmpty())
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    private static Matcher find(String where, String header, Pattern pattern, String what) {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw new TrainingException(
                    String.format(Locale.ROOT, "%s must have %s, its header is %s", where, what, header.trim()));
        }
        return matcher;
    }

    /** Returns the transpose of a matrix in C order. */
    public static float[] transposed(float[] values, int rows, int columns) {
        float[] result = new float[values.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                result[column * rows + row] = values[row * columns + column];
            }
        }
        return result;
    }

    /**
     * Writes an archive: a reader finds the old file or the new file, whole.
     *
     * @throws TrainingException if the file cannot be written
     */
    public static void write(Path file, Map<String, Array> arrays) {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(archive)) {
            for (Map.Entry<String, Array> array : arrays.entrySet()) {
                zip.putNextEntry(new ZipEntry(array.getKey() + ".npy"));
                zip.write(bytes(array.getValue()));
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written to", e);
        }
        OutputFile.write(file, archive.toByteArray());
    }

    private static byte[] bytes(Array array) {
        String sizes = Arrays.stream(array.shape()).mapToObj(size -> size + ",").collect(Collectors.joining(" "));
        String header = String.format(Locale.ROOT, "{'descr': '<f4', 'fortran_order': False, 'shape': (%s), }", sizes);
        // NumPy requires that the values begin at a multiple of 64 bytes, after a line feed.
        int padding = 63 - (MAGIC.length + 4 + header.length()) % 64;
        header += " ".repeat(padding) + "\n";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(MAGIC);
        bytes.writeBytes(new byte[] {1, 0, (byte) header.length(), (byte) (header.length() >> 8)});
        bytes.writeBytes(header.getBytes(StandardCharsets.ISO_8859_1));
        ByteBuffer values =
                ByteBuffer.allocate(Float.BYTES * array.values().length).order(ByteOrder.LITTLE_ENDIAN);
        values.asFloatBuffer().put(array.values());
        bytes.writeBytes(values.array());
        return bytes.toByteArray();
    }
}
