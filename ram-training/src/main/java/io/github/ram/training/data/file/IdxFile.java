package io.github.ram.training.data.file;

import io.github.ram.model.ImageShape;
import io.github.ram.training.data.DataException;
import io.github.ram.training.data.Dataset;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads files in the IDX format of <a href="http://yann.lecun.com/exdb/mnist/">MNIST</a>: a big-endian magic word, one
 * big-endian word a dimension, then one unsigned byte a value. The first two bytes say whether it is gzip.
 *
 * <p>Every fault is a {@link DataException}. Nothing is allocated on the word of a header alone: memory grows with the
 * bytes that are really there.
 */
public final class IdxFile {

    private static final int LABELS_MAGIC = 0x00000801;
    private static final int IMAGES_MAGIC = 0x00000803;
    private static final int GZIP_MAGIC = 0x1f8b;

    /** The most values of an array. */
    private static final int MOST_VALUES = Integer.MAX_VALUE - 8;

    private static final int MOST_SIDE = 8192;

    private static final String REPLACE = "delete it and fetch it again, for example with --download";

    private IdxFile() {}

    /**
     * The images of a file, in the layout of {@link Dataset}.
     *
     * @param shape what every image must be, of one channel
     */
    static byte[] images(Path file, ImageShape shape) {
        return open(file, in -> {
            requireMagic(file, in, IMAGES_MAGIC);
            long count = word(file, in);
            long rows = word(file, in);
            long columns = word(file, in);
            if (rows != shape.height() || columns != shape.width() || shape.channels() != 1) {
                throw new DataException(String.format(
                        Locale.ROOT,
                        "%s holds images of %d×%d×1, expected %s: give the directory of another data set",
                        file,
                        rows,
                        columns,
                        shape));
            }
            return values(file, in, count, shape.size(), "images");
        });
    }

    /** The shape of a file's images. */
    static ImageShape shape(Path file) {
        return open(file, in -> {
            requireMagic(file, in, IMAGES_MAGIC);
            word(file, in);
            long rows = word(file, in);
            long columns = word(file, in);
            if (rows < 1 || columns < 1 || rows > MOST_SIDE || columns > MOST_SIDE) {
                throw new DataException(String.format(
                        Locale.ROOT,
                        "%s holds images of %d×%d, expected 1 to %d pixels a side",
                        file,
                        rows,
                        columns,
                        MOST_SIDE));
            }
            return new ImageShape((int) rows, (int) columns, 1);
        });
    }

    /**
     * The labels of a file, unsigned bytes.
     *
     * @param classes number of classes K; every label must be below it
     */
    static byte[] labels(Path file, int classes) {
        byte[] labels = open(file, in -> {
            requireMagic(file, in, LABELS_MAGIC);
            return values(file, in, word(file, in), 1, "labels");
        });
        for (int i = 0; i < labels.length; i++) {
            int label = Byte.toUnsignedInt(labels[i]);
            if (label >= classes) {
                throw new DataException(String.format(
                        Locale.ROOT,
                        "%s: label %d is %d, expected 0 to %d: give the directory of another data set",
                        file,
                        i,
                        label,
                        classes - 1));
            }
        }
        return labels;
    }

    /** The MD5 of the uncompressed bytes of a file, plain or gzip, in lower-case hexadecimal. */
    public static String md5(Path file) {
        return open(file, PublishedFile::digest);
    }

    private interface Reader<T> {
        T read(InputStream in) throws IOException;
    }

    private static <T> T open(Path file, Reader<T> reader) {
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
                InputStream in = isGzip(raw) ? new GZIPInputStream(raw, 1 << 16) : raw) {
            return reader.read(in);
        } catch (EOFException e) {
            throw new DataException(String.format(Locale.ROOT, "%s is a gzip file cut short: %s", file, REPLACE), e);
        } catch (ZipException e) {
            throw new DataException(
                    String.format(Locale.ROOT, "%s is a damaged gzip file (%s): %s", file, e.getMessage(), REPLACE), e);
        } catch (IOException e) {
            throw new DataException(String.format(Locale.ROOT, "%s cannot be read: %s", file, e), e);
        }
    }

    private static boolean isGzip(InputStream in) throws IOException {
        in.mark(2);
        byte[] start = in.readNBytes(2);
        in.reset();
        return start.length == 2 && (ByteBuffer.wrap(start).getShort() & 0xffff) == GZIP_MAGIC;
    }

    private static void requireMagic(Path file, InputStream in, int expected) throws IOException {
        int magic = (int) word(file, in);
        if (magic == expected) {
            return;
        }
        if (magic == IMAGES_MAGIC || magic == LABELS_MAGIC) {
            throw new DataException(String.format(
                    Locale.ROOT,
                    "%s holds %s where %s belong: give the files their published names back",
                    file,
                    contents(magic),
                    contents(expected)));
        }
        throw new DataException(String.format(
                Locale.ROOT,
                "%s is no IDX file of %s: it starts with 0x%08x, expected 0x%08x; %s",
                file,
                contents(expected),
                magic,
                expected,
                REPLACE));
    }

    private static String contents(int magic) {
        return magic == IMAGES_MAGIC ? "images" : "labels";
    }

    private static long word(Path file, InputStream in) throws IOException {
        byte[] word = in.readNBytes(Integer.BYTES);
        if (word.length < Integer.BYTES) {
            throw new DataException(String.format(Locale.ROOT, "%s ends within its header: %s", file, REPLACE));
        }
        return Integer.toUnsignedLong(ByteBuffer.wrap(word).getInt());
    }

    private static byte[] values(Path file, InputStream in, long count, int each, String what) throws IOException {
        if (count == 0) {
            throw new DataException(String.format(Locale.ROOT, "%s holds no %s: %s", file, what, REPLACE));
        }
        if (count > MOST_VALUES / each) {
            throw new DataException(String.format(
                    Locale.ROOT,
                    "%s claims to hold %d %s, more than the %d this program reads: split it; if it is damaged, %s",
                    file,
                    count,
                    what,
                    MOST_VALUES / each,
                    REPLACE));
        }
        int expected = (int) count * each;
        byte[] values = in.readNBytes(expected); // allocates as bytes arrive, not as the header claims
        if (values.length < expected) {
            throw new DataException(String.format(
                    Locale.ROOT,
                    "%s is cut short: %d %s need %d bytes after the header, found %d; %s",
                    file,
                    count,
                    what,
                    expected,
                    values.length,
                    REPLACE));
        }
        if (in.read() >= 0) {
            throw new DataException(String.format(
                    Locale.ROOT,
                    "%s has more bytes than the %d %s (%d bytes) of its header: %s",
                    file,
                    count,
                    what,
                    expected,
                    REPLACE));
        }
        return values;
    }
}
