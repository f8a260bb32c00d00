package io.github.ram.training.data.file;

import io.github.ram.model.ImageShape;
import io.github.ram.training.data.Contents;
import io.github.ram.training.data.DataException;
import io.github.ram.training.data.Dataset;
import io.github.ram.training.data.DatasetReader;
import io.github.ram.training.data.Split;
import io.github.ram.training.data.StoredDataset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Reads a data set in MNIST's layout: four IDX files in one directory.
 *
 * <p>{@link HeldOut} splits the published training set into the train and the validation split. The published test set
 * is the test split.
 *
 * @param name of the data set
 * @param contents that the files should have
 * @param publication of the files; empty for files of one's own
 */
public record IdxReader(String name, Contents contents, Optional<Publication> publication) implements DatasetReader {

    @Override
    public Contents contents(Path directory) {
        return contents;
    }

    @Override
    public StoredDataset load(Split split, Path directory, Contents wanted) {
        StoredDataset published = published(directory, split == Split.TEST);
        return switch (split) {
            case TEST -> published;
            case VALIDATION -> published.select(title(split), HeldOut.validation(published.size(), directory));
            case TRAIN -> published.select(title(split), HeldOut.training(published.size(), directory));
        };
    }

    private StoredDataset published(Path directory, boolean test) {
        Path labelFile = find(directory, test ? IdxName.TEST_LABELS : IdxName.TRAIN_LABELS);
        Path imageFile = find(directory, test ? IdxName.TEST_IMAGES : IdxName.TRAIN_IMAGES);
        ImageShape shape = contents.shape();
        int classes = contents.labels().size();
        byte[] labels = IdxFile.labels(labelFile, classes);
        requireOurs(labelFile);
        byte[] pixels = IdxFile.images(imageFile, shape);
        int images = pixels.length / shape.size();
        if (images != labels.length) {
            throw new DataException(String.format(
                    Locale.ROOT,
                    "%s holds %d images but %s holds %d labels: take both files from the same data set",
                    imageFile,
                    images,
                    labelFile,
                    labels.length));
        }
        return StoredDataset.owning(test ? title(Split.TEST) : name + " training set", shape, classes, pixels, labels);
    }

    /** Rejects the files of another published set, which has the same names and shape. */
    private void requireOurs(Path labelFile) {
        if (publication.isEmpty()) {
            return;
        }
        String md5 = IdxFile.md5(labelFile);
        for (Publication other : Publication.ALIKE) {
            if (other != publication.get()
                    && other.files().stream().anyMatch(file -> file.md5().equals(md5))) {
                throw new DataException(String.format(
                        Locale.ROOT,
                        "%s belongs to %s, not to %s: give --dataset %s, or the directory of %s",
                        labelFile,
                        other.dataset(),
                        name,
                        other.dataset(),
                        name));
            }
        }
    }

    /** Measures files of one's own: the shape of the images, and as many classes as the labels name. */
    static Contents measured(Path directory) {
        IdxReader own = new IdxReader("idx", null, Optional.empty());
        boolean trains = IdxName.TRAIN_LABELS.in(directory).isPresent();
        Path labels = own.find(directory, trains ? IdxName.TRAIN_LABELS : IdxName.TEST_LABELS);
        Path images = own.find(directory, trains ? IdxName.TRAIN_IMAGES : IdxName.TEST_IMAGES);
        int most = 1; // two classes or more
        for (byte label : IdxFile.labels(labels, StoredDataset.MOST_CLASSES)) {
            most = Math.max(most, Byte.toUnsignedInt(label));
        }
        return new Contents(
                IdxFile.shape(images),
                IntStream.rangeClosed(0, most).mapToObj(Integer::toString).toList());
    }

    /** Reads files of one's own. */
    public record Own() implements DatasetReader {

        @Override
        public Contents contents(Path directory) {
            return measured(directory);
        }

        @Override
        public Dataset load(Split split, Path directory, Contents wanted) {
            return new IdxReader("idx", wanted, Optional.empty()).load(split, directory, wanted);
        }
    }

    private Path find(Path directory, IdxName file) {
        if (!Files.isDirectory(directory)) {
            throw new DataException(String.format(Locale.ROOT, "no directory %s: %s", directory, howToGet()));
        }
        return file.in(directory)
                .orElseThrow(() -> new DataException(String.format(
                        Locale.ROOT, "no file %s (or .gz) in %s: %s", file.published(), directory, howToGet())));
    }

    private String howToGet() {
        return String.format(
                Locale.ROOT,
                "%sput its four files there, plain or .gz: %s",
                publication.isPresent() ? "add --download to fetch " + name + ", or " : "",
                IdxName.all());
    }

    private String title(Split split) {
        return name + " " + split;
    }
}
