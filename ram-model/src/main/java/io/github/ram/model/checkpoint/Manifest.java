package io.github.ram.model.checkpoint;

import io.github.ram.model.ModelSpec;
import java.util.Objects;

/**
 * The description of a checkpoint.
 *
 * @param formatVersion format of the file; this program reads 1 to {@value #NEWEST_FORMAT}
 * @param name name of the model, such as {@code ram-mnist}
 * @param model description of the model
 * @param provenance origin of the model
 * @param graphSha256 SHA-256 of the graph with its weights, 64 hexadecimal digits
 */
public record Manifest(int formatVersion, String name, ModelSpec model, Provenance provenance, String graphSha256) {

    /** The newest format that this program reads. */
    public static final int NEWEST_FORMAT = 3;

    public Manifest {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(provenance, "provenance");
        if (graphSha256 == null || !graphSha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("graphSha256 must be 64 hexadecimal digits, got " + graphSha256);
        }
    }

    /** Returns the version of the weights: the first 12 digits of the graph's SHA-256. */
    public String version() {
        return graphSha256.substring(0, 12);
    }
}
