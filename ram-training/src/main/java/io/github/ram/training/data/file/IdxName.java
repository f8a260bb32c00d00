package io.github.ram.training.data.file;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The four files of a data set published in MNIST's layout. */
public enum IdxName {
    TRAIN_IMAGES("train-images", "idx3-ubyte"),
    TRAIN_LABELS("train-labels", "idx1-ubyte"),
    TEST_IMAGES("t10k-images", "idx3-ubyte"),
    TEST_LABELS("t10k-labels", "idx1-ubyte");

    private final String stem;
    private final String kind;

    IdxName(String stem, String kind) {
        this.stem = stem;
        this.kind = kind;
    }

    /** The name as published, without {@code .gz}. */
    public String published() {
        return stem + "-" + kind;
    }

    /** The file in a directory, under any of the names it goes by. */
    public Optional<Path> in(Path directory) {
        String dotted = stem + "." + kind;
        // Kaggle's archive has each file in a folder of its name.
        return Stream.of(published(), published() + ".gz", dotted, dotted + ".gz", published() + "/" + published())
                .map(directory::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** All four published names, for messages. */
    static String all() {
        return Stream.of(values()).map(IdxName::published).collect(Collectors.joining(", "));
    }
}
