package io.github.ram.model.ram.engine;

import io.github.ram.model.ImageShape;
import io.github.ram.model.graph.Backend;
import io.github.ram.model.graph.Floats;
import io.github.ram.model.graph.GraphPlan;
import io.github.ram.model.ram.RolloutGraph;
import io.github.ram.model.ram.network.RamConfig;
import io.github.ram.model.ram.rollout.RolloutBatch;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Runs the {@link RolloutGraph} on ND4J's backend, CPU or GPU.
 *
 * <p>A plan has fixed shapes, so a batch is split into parts of at most {@value #LARGEST} rollouts. Each part is a
 * power of two, so that a few plans serve every batch size.
 */
public final class SameDiffEngine implements RolloutEngine {

    private static final int LARGEST = 128;

    private final RamConfig config;
    private final SameDiff graph;
    private final Map<RolloutBatch.Kind, Map<Integer, Part>> parts = new EnumMap<>(RolloutBatch.Kind.class);

    /**
     * @param config architecture of the model
     * @param graph rollout graph of the model; shared, not copied
     */
    public SameDiffEngine(RamConfig config, SameDiff graph) {
        Backend.initialise();
        this.config = config;
        this.graph = graph;
    }

    @Override
    public String name() {
        return "samediff";
    }

    @Override
    public RamConfig config() {
        return config;
    }

    @Override
    public int exactSize() {
        return 1; // OpenBLAS uses other kernels for two rows
    }

    @Override
    public void run(RolloutBatch batch) {
        batch.requireFit(config);
        Map<Integer, Part> plans = parts.computeIfAbsent(batch.kind(), kind -> new HashMap<>());
        for (int from = 0; from < batch.size(); ) {
            int size = Math.min(LARGEST, Integer.highestOneBit(batch.size() - from));
            plans.computeIfAbsent(size, n -> new Part(n, batch.kind())).run(batch, from);
            from += size;
        }
    }

    @Override
    public RolloutEngine fork() {
        return new SameDiffEngine(config, graph);
    }

    @Override
    public void close() {
        parts.clear();
    }

    /** The graph, planned for n rollouts. */
    private final class Part {

        private final int n;
        private final int steps = config.steps();
        private final Map<String, INDArray> inputs = new HashMap<>();
        private final GraphPlan plan;

        Part(int n, RolloutBatch.Kind kind) {
            this.n = n;
            ImageShape image = config.image();
            List<String> outputs = new ArrayList<>(List.of(RolloutGraph.PROBABILITIES, RolloutGraph.LOCATIONS));
            inputs.put(
                    RolloutGraph.IMAGES,
                    Nd4j.create(DataType.FLOAT, n, image.height(), image.width(), image.channels()));
            inputs.put(RolloutGraph.START, Nd4j.create(DataType.FLOAT, n, 2));
            if (steps > 1) {
                inputs.put(RolloutGraph.NOISE, Nd4j.create(DataType.FLOAT, steps - 1, n, 2));
            }
            if (kind == RolloutBatch.Kind.IN_STEPS) {
                outputs.add(RolloutGraph.STEP_PROBABILITIES);
            }
            if (kind == RolloutBatch.Kind.FOR_LEARNING) {
                outputs.add(RolloutGraph.GLIMPSES);
                if (steps > 1) {
                    outputs.add(RolloutGraph.SAMPLES);
                }
            }
            plan = new GraphPlan(graph, inputs, outputs);
        }

        void run(RolloutBatch batch, int from) {
            int image = config.image().size();
            put(RolloutGraph.IMAGES, batch.images(), 1, batch.size(), from, image);
            put(RolloutGraph.START, batch.starts(), 1, batch.size(), from, 2);
            if (steps > 1) {
                put(RolloutGraph.NOISE, batch.noise(), steps - 1, batch.size(), from, 2);
            }
            plan.run();
            get(RolloutGraph.PROBABILITIES, batch.probabilities(), 1, batch.size(), from, config.classes());
            get(RolloutGraph.LOCATIONS, batch.locations(), steps, batch.size(), from, 2);
            if (batch.kind() == RolloutBatch.Kind.IN_STEPS) {
                float[] probabilities = batch.stepProbabilities();
                get(RolloutGraph.STEP_PROBABILITIES, probabilities, steps, batch.size(), from, config.classes());
            }
            if (batch.isForLearning()) {
                get(RolloutGraph.GLIMPSES, batch.glimpses(), steps, batch.size(), from, config.glimpseSize());
                if (steps > 1) {
                    get(RolloutGraph.SAMPLES, batch.samples(), steps - 1, batch.size(), from, 2);
                }
            }
        }

        /** Copies rows [from, from + n) of each block in [blocks, size, width] to the graph's input. */
        private void put(String name, float[] values, int blocks, int size, int from, int width) {
            Floats.write(inputs.get(name), buffer -> {
                for (int block = 0; block < blocks; block++) {
                    buffer.put(values, (block * size + from) * width, n * width);
                }
            });
        }

        private void get(String name, float[] values, int blocks, int size, int from, int width) {
            var buffer = Floats.read(plan.output(name));
            for (int block = 0; block < blocks; block++) {
                buffer.get(values, (block * size + from) * width, n * width);
            }
        }
    }
}
