package io.github.ram.model.checkpoint;

import io.github.ram.model.GlimpseConfig;
import io.github.ram.model.ImageShape;
import io.github.ram.model.ModelSpec;
import io.github.ram.model.RamConfig;
import io.github.ram.model.RolloutGraph;
import io.github.ram.model.Weights;
import io.github.ram.model.glimpse.GlimpseSensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
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
            String reason = e.toString().lines().findFirst().orElse("");
            throw new CheckpointException("%s holds a graph that SameDiff cannot read: %s".formatted(name, reason), e);
        }
    }

    /** Makes sure that a graph is the rollout graph of a model. */
    static void check(String name, SameDiff graph, ModelSpec model) {
        try {
            RamConfig config = model.network();
            ImageShape image = config.image();
            for (String variable : List.of(RolloutGraph.START, RolloutGraph.PROBABILITIES, RolloutGraph.LOCATIONS)) {
                demand(graph.hasVariable(variable), "the graph has no variable " + variable);
            }
            checkInput(graph, RolloutGraph.IMAGES, -1, image.height(), image.width(), image.channels());
            if (config.steps() > 1) {
                checkInput(graph, RolloutGraph.NOISE, config.steps() - 1, -1, 2);
            }
            checkSensors(graph, config.glimpse(), model.input().padding());
            Weights.of(config, graph);
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(
                    "%s does not hold what its manifest says: %s".formatted(name, e.getMessage()), e);
        }
    }

    private static void checkInput(SameDiff graph, String name, long... shape) {
        demand(graph.hasVariable(name), "the graph has no variable " + name);
        long[] found = graph.getVariable(name).placeholderShape();
        demand(
                Arrays.equals(found, shape),
                "the graph's input %s must be %s, got %s"
                        .formatted(name, Arrays.toString(shape), Arrays.toString(found)));
    }

    private static void checkSensors(SameDiff graph, GlimpseConfig glimpse, double padding) {
        long[] expected = {glimpse.patchSize(), glimpse.scales(), glimpse.scaleFactor()};
        int count = 0;
        for (var operation : graph.getOps().values()) {
            if (operation.getOp() instanceof GlimpseSensor sensor) {
                count++;
                demand(
                        Arrays.equals(sensor.iArgs(), expected) && sensor.tArgs()[0] == padding,
                        "the graph's sensor must take %s and padding %s, it takes %s and padding %s"
                                .formatted(
                                        Arrays.toString(expected),
                                        padding,
                                        Arrays.toString(sensor.iArgs()),
                                        Arrays.toString(sensor.tArgs())));
            }
        }
        demand(
                count == glimpse.count(),
                "the graph must take %d glimpses, it takes %d".formatted(glimpse.count(), count));
    }

    private static void demand(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
