package io.github.ram.training.data;

import io.github.ram.model.ImageShape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The data sets a user can name. */
public enum DataSource {
    /** Handwritten digits: 60,000 training and 10,000 test images (LeCun and Cortes), read from IDX files. */
    MNIST(List.of("mnist"), digits(), Publication.MNIST),

    /** Articles of clothing, in MNIST's layout (Xiao, Rasul and Vollgraf 2017), read from IDX files. */
    FASHION(
            List.of("fashion", "fashion-mnist"),
            List.of(
                    "T-shirt/top",
                    "Trouser",
                    "Pullover",
                    "Dress",
                    "Coat",
                    "Sandal",
                    "Shirt",
                    "Sneaker",
                    "Bag",
                    "Ankle boot"),
            Publication.FASHION),

    /** Digits this program draws itself, in MNIST's manner: 9,000, 1,000 and 1,000 images. Needs no files. */
    STROKES(List.of("strokes"), digits(), null);

    private final List<String> folders;
    private final List<String> classLabels;
    private final Publication publication; // null: drawn, not published

    DataSource(List<String> folders, List<String> classLabels, Publication publication) {
        this.folders = folders;
        this.classLabels = classLabels;
        this.publication = publication;
    }

    private static List<String> digits() {
        return List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    }

    /**
     * The data set of a name as the user types it, in any case.
     *
     * @throws DataException naming the data sets there are, if it is none of them
     */
    public static DataSource named(String name) {
        return Arrays.stream(values())
                .filter(source -> source.toString().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new DataException("no data set is called %s: choose one of %s"
                        .formatted(
                                name,
                                Arrays.stream(values())
                                        .map(DataSource::toString)
                                        .collect(Collectors.joining(", ")))));
    }

    /** What each class is called, in the order of the labels. */
    public List<String> classLabels() {
        return classLabels;
    }

    /** The shape of the images: 28×28×1. */
    public ImageShape shape() {
        return new ImageShape(28, 28, 1);
    }

    /** Whether {@link #load} reads files; otherwise it draws the images. */
    public boolean readsFiles() {
        return publication != null;
    }

    /**
     * One split, touching only the files it needs: the test split never opens the training files.
     *
     * @param directory where the files are ({@link DataDirectory#resolve}); ignored, and may be null, if
     *     {@link #readsFiles} is false
     * @throws DataException if a file is missing, damaged, or not of this data set
     */
    public Dataset load(Split split, Path directory) {
        return readsFiles() ? new IdxDirectory(this, directory).load(split) : Strokes.draw(split);
    }

    /**
     * All three splits. Of the n published training images, shuffled with a fixed seed, the last n/10 are for
     * validation (of 60,000: 54,000 to train, 6,000 to validate); the published test set stays as it is.
     *
     * @param directory as in {@link #load(Split, Path)}
     * @throws DataException if a file is missing, damaged, or not of this data set
     */
    public Splits load(Path directory) {
        return readsFiles()
                ? new IdxDirectory(this, directory).load()
                : new Splits(Strokes.draw(Split.TRAIN), Strokes.draw(Split.VALIDATION), Strokes.draw(Split.TEST));
    }

    /** Names of the sub-folder that may hold the files, the data set's own name first. */
    List<String> folders() {
        return folders;
    }

    Optional<Publication> publication() {
        return Optional.ofNullable(publication);
    }

    /** The name as the user types it: {@code mnist}, {@code fashion} or {@code strokes}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
