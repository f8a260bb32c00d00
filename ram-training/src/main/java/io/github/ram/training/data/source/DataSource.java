package io.github.ram.training.data.source;

import io.github.ram.model.ImageShape;
import io.github.ram.model.Normalisation;
import io.github.ram.training.data.Contents;
import io.github.ram.training.data.DataException;
import io.github.ram.training.data.Dataset;
import io.github.ram.training.data.DatasetReader;
import io.github.ram.training.data.Split;
import io.github.ram.training.data.drawn.AddedDigits;
import io.github.ram.training.data.drawn.SceneLayout;
import io.github.ram.training.data.drawn.Scenes;
import io.github.ram.training.data.drawn.Shapes;
import io.github.ram.training.data.drawn.Strokes;
import io.github.ram.training.data.file.CifarReader;
import io.github.ram.training.data.file.FolderReader;
import io.github.ram.training.data.file.IdxReader;
import io.github.ram.training.data.file.Publication;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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

    private static final IdxReader MNIST_FILES = new IdxReader("mnist", DIGITS, Optional.of(Publication.MNIST));

    /** Handwritten digits: 60,000 training and 10,000 test images (LeCun and Cortes), read from IDX files. */
    public static final DataSource MNIST =
            digits("mnist", List.of("mnist", "MNIST/raw"), MNIST_FILES, Optional.of(Publication.MNIST));

    /** MNIST's digits; those to train on with coarse copies and with drawn digits in other hands. */
    public static final DataSource DIGITS_ADDED =
            digits("digits", MNIST.folders, new AddedDigits.Reader(MNIST_FILES), MNIST.publication);

    /** Articles of clothing, in MNIST's layout (Xiao, Rasul and Vollgraf 2017), read from IDX files. */
    public static final DataSource FASHION = digits(
            "fashion",
            List.of("fashion", "fashion-mnist", "FashionMNIST/raw"),
            new IdxReader("fashion", CLOTHING, Optional.of(Publication.FASHION)),
            Optional.of(Publication.FASHION));

    /** MNIST's digits anywhere on 60×60 pixels; those to train on are drawn anew for every epoch. */
    public static final DataSource TRANSLATED = scenes(SceneLayout.TRANSLATED);

    /** The same among four pieces of other digits. */
    public static final DataSource CLUTTERED = scenes(SceneLayout.CLUTTERED);

    /** Digits this program draws itself, in MNIST's manner: 9,000, 1,000 and 1,000 images. Needs no files. */
    public static final DataSource STROKES = digits("strokes", List.of(), new Strokes.Reader(DIGITS), Optional.empty());

    /** Photographs of ten classes: 45,000 images to train, 5,000 to validate, 10,000 to test (Krizhevsky, 2009). */
    public static final DataSource CIFAR10 = pictures(
            "cifar10",
            List.of("cifar10", "cifar-10-batches-bin"),
            CifarReader.CIFAR10,
            Optional.of(Publication.CIFAR10));

    /** Photographs of a hundred classes, as many. */
    public static final DataSource CIFAR100 = pictures(
            "cifar100",
            List.of("cifar100", "cifar-100-binary"),
            CifarReader.CIFAR100,
            Optional.of(Publication.CIFAR100));

    /** Colour images of six shapes that this program draws: 3,600, 600 and 600 images. Needs no files. */
    public static final DataSource SHAPES = pictures("shapes", List.of(), new Shapes(), Optional.empty());

    /** Pictures of one's own, one folder a class. */
    public static final DataSource FOLDER = pictures("folder", List.of("folder"), new FolderReader(), Optional.empty());

    /** IDX files of one's own, under MNIST's names, of any size. */
    public static final DataSource IDX =
            new DataSource("idx", List.of("idx"), new IdxReader.Own(), Optional.empty(), Optional.empty(), false);

    private static final List<DataSource> NAMED =
            List.of(MNIST, DIGITS_ADDED, FASHION, CIFAR10, CIFAR100, SHAPES, STROKES, FOLDER, IDX);

    /** The names a user may type, for help and messages. */
    public static final String NAMES =
            "mnist, digits, fashion, translated[-SIDE], cluttered[-SIDE[-PIECES]], strokes, cifar10, cifar100, shapes, folder or idx";

    /** The largest side of images that are scaled, in pixels. */
    private static final int LARGEST_SIDE = 4096;

    private final String name;
    private final List<String> folders;
    private final DatasetReader reader;
    private final Optional<Publication> publication;
    private final Optional<Normalisation> input;
    private final boolean scalable;

    /**
     * @param folders names of the sub-folder that may hold the files, the files' own name first; none without files
     * @param input the normalisation that is usual; empty if the training images are measured
     * @param scalable whether the images may be scaled to another shape
     */
    private DataSource(
            String name,
            List<String> folders,
            DatasetReader reader,
            Optional<Publication> publication,
            Optional<Normalisation> input,
            boolean scalable) {
        this.name = name;
        this.folders = folders;
        this.reader = reader;
        this.publication = publication;
        this.input = input;
        this.scalable = scalable;
    }

    private static DataSource digits(
            String name, List<String> folders, DatasetReader reader, Optional<Publication> publication) {
        return new DataSource(name, folders, reader, publication, Optional.of(Normalisation.MNIST), false);
    }

    private static DataSource pictures(
            String name, List<String> folders, DatasetReader reader, Optional<Publication> publication) {
        return new DataSource(name, folders, reader, publication, Optional.empty(), true);
    }

    private static DataSource scenes(SceneLayout layout) {
        return digits(layout.toString(), MNIST.folders, new Scenes.Reader(layout, MNIST_FILES), MNIST.publication);
    }

    /**
     * The data set of a name as the user types it, in any case.
     *
     * @throws DataException naming the data sets there are, if it is none of them
     */
    public static DataSource named(String name) {
        return SceneLayout.named(name)
                .map(DataSource::scenes)
                .or(() -> NAMED.stream()
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

    /**
     * The same with other sides or channels.
     *
     * @param side rows and columns, or null for those of the data set
     * @param channels 1 or 3, or null for those of the data set
     * @throws IllegalArgumentException if the images of this data set cannot be scaled
     */
    public Contents contents(Path directory, Integer side, Integer channels) {
        Contents contents = contents(directory);
        ImageShape shape = contents.shape();
        if (side == null && channels == null) {
            return contents;
        }
        if (!scalable) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "images of %s cannot be scaled: leave out --image-size and --channels", name));
        }
        if (side != null && (side < 1 || side > LARGEST_SIDE)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "--image-size must be in [1, %d], got %d", LARGEST_SIDE, side));
        }
        int colours = channels == null ? shape.channels() : channels;
        if (colours != 1 && colours != 3) {
            throw new IllegalArgumentException("--channels must be 1 (grey) or 3 (RGB), got " + colours);
        }
        return new Contents(
                new ImageShape(side == null ? shape.height() : side, side == null ? shape.width() : side, colours),
                contents.labels());
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
        Dataset images = reader.load(split, directory, wanted);
        return scalable && !images.shape().equals(wanted.shape()) ? new ScaledDataset(images, wanted.shape()) : images;
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
