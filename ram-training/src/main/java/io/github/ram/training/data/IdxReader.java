package io.github.ram.training.data;

import io.github.ram.model.ImageShape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * Reads a data set in MNIST's layout: four IDX files in one directory.
 *
 * <p>The published training set of n images becomes the train and the validation split: its indices are shuffled with
 * the fixed seed {@value #SPLIT_SEED} (Fisher–Yates on {@link Random}, whose sequence the Java platform fixes), the
 * last n/10 (rounded down) are for validation and the others for training. The published test set is the test split.
 *
 * @param name of the data set
 * @param contents that the files should have
 * @param publication of the files
 */
record IdxReader(String name, Contents contents, Publication publication) implements DatasetReader {

    /** Seed of the shuffle that sets the validation images aside. Changing it changes every reported figure. */
    static final long SPLIT_SEED = 20140624;

    @Override
    public Contents contents(Path directory) {
        return contents;
    }

    @Override
    public StoredDataset load(Split split, Path directory, Contents wanted) {
        return switch (split) {
            case TEST -> published(directory, true);
            case VALIDATION -> {
                StoredDataset published = published(directory, false);
                yield validation(published, shuffled(published, directory));
            }
            case TRAIN -> {
                StoredDataset published = published(directory, false);
                yield train(published, shuffled(published, directory));
            }
        };
    }

    private StoredDataset train(StoredDataset published, int[] order) {
        int count = order.length - order.length / 10;
        return published.select(title(Split.TRAIN), Arrays.copyOf(order, count));
    }

    private StoredDataset validation(StoredDataset published, int[] order) {
        int from = order.length - order.length / 10;
        return published.select(title(Split.VALIDATION), Arrays.copyOfRange(order, from, order.length));
    }

    private int[] shuffled(StoredDataset published, Path directory) {
        int count = published.size();
        if (count < 10) {
            throw new DataException(String.format(
                    Locale.ROOT,
                    "%s holds %d training images, expected at least 10: one in ten is set aside for validation",
                    directory,
                    count));
        }
        int[] order = new int[count];
        Arrays.setAll(order, i -> i);
        Random random = new Random(SPLIT_SEED);
        for (int i = count - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int index = order[i];
            order[i] = order[other];
            order[other] = index;
        }
        return order;
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

    /** The published sets share names and shape: only the contents tell one from another. */
    private void requireOurs(Path labelFile) {
        String md5 = IdxFile.md5(labelFile);
        for (Publication other : Publication.ALL) {
            if (other != publication && other.md5().containsValue(md5)) {
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
                "add --download to fetch %s, or put its four files there, plain or .gz: %s",
                name,
                IdxName.all());
    }

    private String title(Split split) {
        return name + " " + split;
    }
}
