package io.github.ram.model.checkpoint;

import io.github.ram.model.ModelSpec;
import java.util.Objects;

/**
 * What a checkpoint says of itself.
 *
 * @param formatVersion of the file; this program reads 1 to {@value #NEWEST_FORMAT}
 * @param name the model's name, such as {@code ram-mnist}
 * @param model what must be known to use it
 * @param provenance where it came from
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

    /** Tells these weights from all others: the first 12 digits of the graph's SHA-256. */
    public String version() {
        return graphSha256.substring(0, 12);
    }
}
