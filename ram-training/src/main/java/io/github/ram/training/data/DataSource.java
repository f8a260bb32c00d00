package io.github.ram.training.data;

import io.github.ram.model.ImageShape;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A data set that a user can name. */
public final class DataSource {

    private static final List<String> DIGITS = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    private static final List<String> CLOTHING = List.of(
            "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot");

    /** Handwritten digits: 60,000 training and 10,000 test images (LeCun and Cortes), read from IDX files. */
    public static final DataSource MNIST = new DataSource("mnist", List.of("mnist"), DIGITS, Publication.MNIST, null);

    /** Articles of clothing, in MNIST's layout (Xiao, Rasul and Vollgraf 2017), read from IDX files. */
    public static final DataSource FASHION =
            new DataSource("fashion", List.of("fashion", "fashion-mnist"), CLOTHING, Publication.FASHION, null);

    /** MNIST's digits anywhere on 60×60 pixels; those to train on are drawn anew for every epoch. */
    public static final DataSource TRANSLATED = scenes(SceneLayout.TRANSLATED);

    /** The same among four pieces of other digits. */
    public static final DataSource CLUTTERED = scenes(SceneLayout.CLUTTERED);

    /** Digits this program draws itself, in MNIST's manner: 9,000, 1,000 and 1,000 images. Needs no files. */
    public static final DataSource STROKES = new DataSource("strokes", List.of("strokes"), DIGITS, null, null);

    /** Those whose files are published. */
    static final List<DataSource> PUBLISHED = List.of(MNIST, FASHION);

    /** The names a user may type, for help and messages. */
    public static final String NAMES = "mnist, fashion, translated[-SIDE], cluttered[-SIDE[-PIECES]] or strokes";

    private final String name;
    private final List<String> folders;
    private final List<String> classLabels;
    private final Publication publication; // null: drawn, not published
    private final SceneLayout layout; // null: the images as they are

    private DataSource(
            String name, List<String> folders, List<String> classLabels, Publication publication, SceneLayout layout) {
        this.name = name;
        this.folders = folders;
        this.classLabels = classLabels;
        this.publication = publication;
        this.layout = layout;
    }

    private static DataSource scenes(SceneLayout layout) {
        return new DataSource(layout.toString(), MNIST.folders, DIGITS, MNIST.publication, layout);
    }

    /**
     * The data set of a name as the user types it, in any case.
     *
     * @throws DataException naming the data sets there are, if it is none of them
     */
    public static DataSource named(String name) {
        return SceneLayout.named(name)
                .map(DataSource::scenes)
                .or(() -> Stream.of(MNIST, FASHION, STROKES)
                        .filter(source -> source.name.equals(name.toLowerCase(Locale.ROOT)))
                        .findFirst())
                .orElseThrow(() -> new DataException(
                        String.format(Locale.ROOT, "no data set is called %s: choose one of %s", name, NAMES)));
    }

    /** What each class is called, in the order of the labels. */
    public List<String> classLabels() {
        return classLabels;
    }

    /** The shape of the images. */
    public ImageShape shape() {
        return layout == null ? new ImageShape(28, 28, 1) : layout.shape();
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
        if (layout != null) {
            return Scenes.of(layout, new IdxDirectory(MNIST, directory).load(split), split);
        }
        return readsFiles() ? new IdxDirectory(this, directory).load(split) : Strokes.draw(split);
    }

    /** Names of the sub-folder that may hold the files, the files' own name first. */
    List<String> folders() {
        return folders;
    }

    Optional<Publication> publication() {
        return Optional.ofNullable(publication);
    }

    /** The name as the user types it, such as {@code mnist} or {@code cluttered-100-8}. */
    @Override
    public String toString() {
        return name;
    }
}
