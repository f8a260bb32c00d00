package io.github.ram.scoring;

import io.github.ram.model.Classifier;
import io.github.ram.model.EngineChoice;
import io.github.ram.model.Query;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.model.image.decode.ImageLimits;
import io.github.ram.model.image.digit.PreprocessingMode;
import io.github.ram.model.image.digit.Preprocessor;
import java.io.Serializable;
import java.util.Map;

/**
 * A model and how it is used. Spark sends it to each executor once, as the bytes of the checkpoint; the executor's first
 * task prepares the weights. Each task gets an engine that shares them.
 */
final class ScoringModel implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Pictures that an engine takes together. */
    static final int BATCH = 32;

    private final byte[] checkpoint;
    private final int rollouts;
    private final PreprocessingMode mode;
    private final boolean pixels;

    private transient Loaded loaded; // null before the first use in a process

    private record Loaded(Checkpoint checkpoint, Preprocessor preprocessor, Classifier classifier) {}

    /**
     * @param rollouts M, in [1, 1000]
     * @param pixels whether binary values are pixels instead of encoded pictures
     * @throws IllegalArgumentException if a value is out of range or the mode does not fit the model
     */
    ScoringModel(Checkpoint checkpoint, int rollouts, PreprocessingMode mode, boolean pixels) {
        this.checkpoint = checkpoint.with(Map.of()).bytes(); // without the state of training
        this.rollouts = rollouts;
        this.mode = mode;
        this.pixels = pixels;
        new Query(new float[0], rollouts); // checks the number of rollouts
        Preprocessor.of(checkpoint.manifest(), ImageLimits.LARGEST).requireFit(mode);
    }

    int rollouts() {
        return rollouts;
    }

    PreprocessingMode mode() {
        return mode;
    }

    boolean pixels() {
        return pixels;
    }

    Checkpoint checkpoint() {
        return loaded().checkpoint();
    }

    Preprocessor preprocessor() {
        return loaded().preprocessor();
    }

    /** Returns a classifier for one task. */
    synchronized Classifier classifier() {
        return loaded().classifier().fork();
    }

    private synchronized Loaded loaded() {
        if (loaded == null) {
            Checkpoint read = Checkpoint.read("the checkpoint", checkpoint);
            loaded = new Loaded(
                    read,
                    Preprocessor.of(read.manifest(), ImageLimits.LARGEST).withoutWarnings(),
                    read.classifier(EngineChoice.AUTO, BATCH));
        }
        return loaded;
    }
}
