package io.github.ram.training.data;

import io.github.ram.model.ImageShape;
import io.github.ram.model.Normalisation;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A data set that a user can name. */
public final class DataSource {

    private static final Contents DIGITS =
            new Contents(new ImageShape(28, 28, 1), List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"));
    private static final Contents CLOTHING = new Contents(
            new ImageShape(28, 28, 1),
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
                    "Ankle boot"));

    private static final IdxReader MNIST_FILES = new IdxReader("mnist", DIGITS, Publication.MNIST);

    /** Handwritten digits: 60,000 training and 10,000 test images (LeCun and Cortes), read from IDX files. */
    public static final DataSource MNIST = new DataSource(
            "mnist", List.of("mnist"), MNIST_FILES, Optional.of(Publication.MNIST), Optional.of(Normalisation.MNIST));

    /** Articles of clothing, in MNIST's layout (Xiao, Rasul and Vollgraf 2017), read from IDX files. */
    public static final DataSource FASHION = new DataSource(
            "fashion",
            List.of("fashion", "fashion-mnist"),
            new IdxReader("fashion", CLOTHING, Publication.FASHION),
            Optional.of(Publication.FASHION),
            Optional.of(Normalisation.MNIST));

    /** MNIST's digits anywhere on 60×60 pixels; those to train on are drawn anew for every epoch. */
    public static final DataSource TRANSLATED = scenes(SceneLayout.TRANSLATED);

    /** The same among four pieces of other digits. */
    public static final DataSource CLUTTERED = scenes(SceneLayout.CLUTTERED);

    /** Photographs of ten classes: 45,000 images to train, 5,000 to validate, 10,000 to test (Krizhevsky, 2009). */
    public static final DataSource CIFAR10 = new DataSource(
            "cifar10",
            List.of("cifar10", "cifar-10-batches-bin"),
            CifarReader.CIFAR10,
            Optional.empty(),
            Optional.empty());

    /** Digits this program draws itself, in MNIST's manner: 9,000, 1,000 and 1,000 images. Needs no files. */
    public static final DataSource STROKES = new DataSource(
            "strokes", List.of(), new Strokes.Reader(DIGITS), Optional.empty(), Optional.of(Normalisation.MNIST));

    /** The names a user may type, for help and messages. */
    public static final String NAMES =
            "mnist, fashion, translated[-SIDE], cluttered[-SIDE[-PIECES]], cifar10 or strokes";

    private final String name;
    private final List<String> folders;
    private final DatasetReader reader;
    private final Optional<Publication> publication;
    private final Optional<Normalisation> input;

    /**
     * @param folders names of the sub-folder that may hold the files, the files' own name first; none without files
     * @param input the normalisation that is usual; empty if the training images are measured
     */
    private DataSource(
            String name,
            List<String> folders,
            DatasetReader reader,
            Optional<Publication> publication,
            Optional<Normalisation> input) {
        this.name = name;
        this.folders = folders;
        this.reader = reader;
        this.publication = publication;
        this.input = input;
    }

    private static DataSource scenes(SceneLayout layout) {
        return new DataSource(
                layout.toString(),
                MNIST.folders,
                new Scenes.Reader(layout, MNIST_FILES),
                MNIST.publication,
                Optional.of(Normalisation.MNIST));
    }

    /**
     * The data set of a name as the user types it, in any case.
     *
     * @throws DataException naming the data sets there are, if it is none of them
     */
    public static DataSource named(String name) {
        return SceneLayout.named(name)
                .map(DataSource::scenes)
                .or(() -> Stream.of(MNIST, FASHION, CIFAR10, STROKES)
                        .filter(source -> source.name.equals(name.toLowerCase(Locale.ROOT)))
                        .findFirst())
                .orElseThrow(() -> new DataException(
                        String.format(Locale.ROOT, "no data set is called %s: choose one of %s", name, NAMES)));
    }

    /**
     * The shape of the images, and what each class is called.
     *
     * @param directory as for {@link #load}
     */
    public Contents contents(Path directory) {
        return reader.contents(directory);
    }

    /** Whether {@link #load} reads files; otherwise it draws the images. */
    public boolean readsFiles() {
        return !folders.isEmpty();
    }

    /**
     * The usual normalisation: MNIST's for digits and clothing; otherwise mean and deviation of each channel of the
     * training images.
     *
     * @param directory as for {@link #load}
     */
    public Normalisation normalisation(Path directory, Contents wanted) {
        return input.orElseGet(() -> ChannelStatistics.of(load(Split.TRAIN, directory, wanted)));
    }

    /** One split with the contents that the data set has. */
    public Dataset load(Split split, Path directory) {
        return load(split, directory, contents(directory));
    }

    /**
     * One split, touching only the files it needs: the test split never opens the training files.
     *
     * @param directory where the files are ({@link DataDirectory#resolve}); ignored, and may be null, if
     *     {@link #readsFiles} is false
     * @param wanted what a model expects
     * @throws DataException if a file is missing, damaged, or not of this data set
     */
    public Dataset load(Split split, Path directory, Contents wanted) {
        return reader.load(split, directory, wanted);
    }

    /** Names of the sub-folder that may hold the files, the files' own name first. */
    List<String> folders() {
        return folders;
    }

    Optional<Publication> publication() {
        return publication;
    }

    /** The name as the user types it, such as {@code mnist} or {@code cluttered-100-8}. */
    @Override
    public String toString() {
        return name;
    }
}
