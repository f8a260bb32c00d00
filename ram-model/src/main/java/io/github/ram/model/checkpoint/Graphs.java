package io.github.ram.model.checkpoint;

import io.github.ram.model.RamConfig;
import io.github.ram.model.RolloutGraph;
import io.github.ram.model.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.nd4j.autodiff.samediff.SameDiff;

/** SameDiff graphs as bytes, in SameDiff's own FlatBuffers format. */
final class Graphs {

    private Graphs() {}

    static byte[] toBytes(SameDiff graph) {
        ByteBuffer buffer = graph.asFlatBuffers(false);
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    static SameDiff fromBytes(String name, byte[] bytes) {
        try {
            return SameDiff.fromFlatBuffers(
                    ByteBuffer.allocateDirect(bytes.length).put(bytes).flip());
        } catch (IOException | RuntimeException e) {
            throw new CheckpointException("%s holds a graph that SameDiff cannot read: %s".formatted(name, e), e);
        }
    }

    /** Makes sure that a graph is the rollout graph of a model. */
    static void check(String name, SameDiff graph, RamConfig config) {
        for (String variable :
                List.of(RolloutGraph.IMAGES, RolloutGraph.START, RolloutGraph.PROBABILITIES, RolloutGraph.LOCATIONS)) {
            if (!graph.hasVariable(variable)) {
                throw new CheckpointException("%s holds a graph without %s".formatted(name, variable));
            }
        }
        try {
            weights(graph, config);
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(
                    "%s does not hold what its manifest says: %s".formatted(name, e.getMessage()), e);
        }
    }

    static Weights weights(SameDiff graph, RamConfig config) {
        return Weights.of(config, graph);
    }
}
