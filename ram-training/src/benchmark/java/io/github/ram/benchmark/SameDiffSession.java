package io.github.ram.benchmark;

import io.github.ram.model.ImageShape;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.model.graph.Backend;
import io.github.ram.model.ram.RamSpec;
import io.github.ram.model.ram.RolloutGraph;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The rollout graph in SameDiff's own session, as {@code SameDiff.output} runs it. */
final class SameDiffSession implements Contender {

    private static final List<String> OUTPUTS = List.of(RolloutGraph.PROBABILITIES, RolloutGraph.LOCATIONS);

    private final Checkpoint model;

    SameDiffSession(Checkpoint model) {
        Backend.initialise();
        this.model = model;
    }

    @Override
    public Batch batch(byte[] pixels, int n) {
        ImageShape image = model.model().image();
        int steps = model.model().glimpses();
        float[] table = model.model().input().table();
        float[] values = new float[pixels.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = table[pixels[i] & 0xff];
        }
        var start = ((RamSpec) model.model()).start().location();
        Map<String, INDArray> inputs = new HashMap<>();
        inputs.put(
                RolloutGraph.IMAGES,
                Nd4j.createFromArray(values).reshape(n, image.height(), image.width(), image.channels()));
        inputs.put(
                RolloutGraph.START,
                Nd4j.createFromArray(new float[][] {{start.x(), start.y()}}).repeat(0, n));
        if (steps > 1) {
            inputs.put(RolloutGraph.NOISE, Nd4j.zeros(DataType.FLOAT, steps - 1, n, 2));
        }
        return new Batch() {

            private Map<String, INDArray> outputs;

            @Override
            public void run() {
                outputs = model.graph().output(inputs, OUTPUTS);
            }

            @Override
            public float[] probabilities() {
                return outputs.get(RolloutGraph.PROBABILITIES).dup('c').data().asFloat();
            }

            @Override
            public void close() {
                // The arrays are ND4J's, which frees them.
            }
        };
    }

    @Override
    public void close() {
        // So is the graph.
    }
}
