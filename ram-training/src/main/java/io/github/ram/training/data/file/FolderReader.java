package io.github.ram.training.data.file;

import io.github.ram.model.ImageShape;
import io.github.ram.model.image.decode.ImageException;
import io.github.ram.model.image.decode.ImageLimits;
import io.github.ram.model.image.digit.PreprocessingMode;
import io.github.ram.model.image.digit.Preprocessor;
import io.github.ram.training.data.Contents;
import io.github.ram.training.data.DataException;
import io.github.ram.training.data.Dataset;
import io.github.ram.training.data.DatasetReader;
import io.github.ram.training.data.Split;
import io.github.ram.training.data.StoredDataset;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Reads pictures of one's own: one folder a class, below {@code train}, {@code val} and {@code test}. Without {@code
 * val} a tenth of the training pictures is for validation. A folder without {@code train} is a test set: its
 * sub-folders are the classes.
 *
 * <p>A picture is a PNG, JPEG, BMP, GIF or WebP file of any size. Its shorter side is scaled to the model's side, and its
 * middle is cut out. A model that was trained on another data set of digits gets the digit of each picture, as for a
 * prediction. Files and folders whose names begin with a dot are ignored.
 */
public final class FolderReader implements DatasetReader {

    /** The shape where the user names no other. */
    private static final ImageShape SHAPE = new ImageShape(64, 64, 3);

    private SoftReference<Decoded> last = new SoftReference<>(null);

    @Override
    public Contents contents(Path directory) {
        Path train = directory.resolve("train");
        Path classes = Files.isDirectory(train) ? train : directory;
        List<String> labels = list(classes, Files::isDirectory).stream()
                .map(FolderReader::name)
                .toList();
        if (labels.size() < 2 || labels.size() > StoredDataset.MOST_CLASSES) {
            throw new DataException(String.format(
                    Locale.ROOT,
                    "%s must hold a folder of pictures for each of 2 to %d classes, it holds %d: give such a folder with"
                            + " --data",
                    classes,
                    StoredDataset.MOST_CLASSES,
                    labels.size()));
        }
        return new Contents(SHAPE, labels);
    }

    @Override
    public Dataset load(Split split, Path directory, Contents wanted) {
        Path train = directory.resolve("train");
        Path validation = directory.resolve("val");
        return switch (split) {
            case TRAIN -> {
                List<Labelled> pictures = pictures(train, wanted);
                requireEachClass(pictures, train, wanted);
                yield remembered(
                        Files.isDirectory(validation)
                                ? pictures
                                : select(pictures, HeldOut.training(pictures.size(), train)),
                        wanted);
            }
            case VALIDATION -> {
                if (Files.isDirectory(validation)) {
                    yield decoded(split, pictures(validation, wanted), wanted);
                }
                List<Labelled> pictures = pictures(train, wanted);
                yield decoded(split, select(pictures, HeldOut.validation(pictures.size(), train)), wanted);
            }
            case TEST ->
                decoded(
                        split,
                        pictures(Files.isDirectory(train) ? directory.resolve("test") : directory, wanted),
                        wanted);
        };
    }

    /** A picture; one that changes is another one. */
    private record Labelled(Path file, int label, FileTime modified) {}

    /** Pictures that were decoded. */
    private record Decoded(List<Labelled> pictures, Contents wanted, Dataset images) {}

    /** Returns the training images, decoded once for their mean and deviation and for the training. */
    private synchronized Dataset remembered(List<Labelled> pictures, Contents wanted) {
        Decoded before = last.get();
        if (before != null
                && before.pictures().equals(pictures)
                && before.wanted().equals(wanted)) {
            return before.images();
        }
        Dataset images = decoded(Split.TRAIN, pictures, wanted);
        last = new SoftReference<>(new Decoded(pictures, wanted, images));
        return images;
    }

    private static List<Labelled> select(List<Labelled> pictures, int[] chosen) {
        return Arrays.stream(chosen).mapToObj(pictures::get).toList();
    }

    /** Returns the pictures of all classes, in the order of the file names. */
    private static List<Labelled> pictures(Path folder, Contents wanted) {
        List<Labelled> pictures = new ArrayList<>();
        for (Path of : list(folder, Files::isDirectory)) {
            int label = wanted.labels().indexOf(name(of));
            if (label < 0) {
                throw new DataException(String.format(
                        Locale.ROOT,
                        "the folder %s is none of the model's classes: %s",
                        of,
                        String.join(", ", wanted.labels())));
            }
            list(of, Files::isRegularFile).forEach(file -> pictures.add(new Labelled(file, label, modified(file))));
        }
        if (pictures.isEmpty()) {
            throw new DataException(
                    String.format(Locale.ROOT, "no pictures in %s: put a folder of them for each class there", folder));
        }
        return pictures;
    }

    private static void requireEachClass(List<Labelled> pictures, Path folder, Contents wanted) {
        List<String> missing = new ArrayList<>(wanted.labels());
        pictures.forEach(picture -> missing.remove(wanted.labels().get(picture.label())));
        if (!missing.isEmpty()) {
            throw new DataException(String.format(
                    Locale.ROOT,
                    "%s holds no pictures of %s: put pictures there, or remove the class's folder",
                    folder,
                    String.join(", ", missing)));
        }
    }

    private static Dataset decoded(Split split, List<Labelled> pictures, Contents wanted) {
        ImageShape shape = wanted.shape();
        long size = (long) pictures.size() * shape.size();
        if (size > Integer.MAX_VALUE - 8) {
            throw new DataException(String.format(
                    Locale.ROOT,
                    "%d pictures of %s need %d bytes, more than %d: choose a smaller --image-size",
                    pictures.size(),
                    shape,
                    size,
                    Integer.MAX_VALUE - 8));
        }
        byte[] pixels = new byte[(int) size];
        byte[] labels = new byte[pictures.size()];
        Preprocessor preprocessor = new Preprocessor(shape, ImageLimits.LARGEST, wanted.layout()).withoutWarnings();
        IntStream.range(0, pictures.size()).parallel().forEach(i -> {
            System.arraycopy(decoded(pictures.get(i).file(), preprocessor), 0, pixels, i * shape.size(), shape.size());
            labels[i] = (byte) pictures.get(i).label();
        });
        return StoredDataset.owning("folder " + split, shape, wanted.labels().size(), pixels, labels);
    }

    private static byte[] decoded(Path file, Preprocessor preprocessor) {
        try {
            return preprocessor
                    .prepare(Files.readAllBytes(file), PreprocessingMode.AUTO)
                    .pixels();
        } catch (ImageException e) {
            throw new DataException(
                    String.format(Locale.ROOT, "%s cannot be read: %s; remove or replace it", file, e.getMessage()), e);
        } catch (IOException e) {
            throw new DataException(String.format(Locale.ROOT, "%s cannot be read: %s", file, e), e);
        }
    }

    private static List<Path> list(Path folder, Predicate<Path> wanted) {
        if (!Files.isDirectory(folder)) {
            throw new DataException(
                    String.format(Locale.ROOT, "no folder %s: give the folder of the pictures with --data", folder));
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(wanted)
                    .filter(path -> !name(path).startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new DataException(String.format(Locale.ROOT, "%s cannot be read: %s", folder, e), e);
        }
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new DataException(String.format(Locale.ROOT, "%s cannot be read: %s", file, e), e);
        }
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }
}
