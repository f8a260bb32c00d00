package io.github.ram.model.ram.learning;

import io.github.ram.model.ram.RamSpec;
import io.github.ram.model.ram.gradient.Layers;
import io.github.ram.model.ram.gradient.LearningBatch;
import io.github.ram.model.ram.gradient.LinearLayer;
import io.github.ram.model.ram.gradient.LossWeights;
import io.github.ram.model.ram.gradient.Losses;
import io.github.ram.model.ram.gradient.RolloutPass;
import io.github.ram.model.ram.gradient.StartPass;
import io.github.ram.model.ram.network.Networks;
import io.github.ram.model.ram.network.RamConfig;
import io.github.ram.model.ram.network.Weights;
import io.github.ram.model.ram.rollout.RolloutBatch;
import io.github.ram.model.ram.rollout.Sensor;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Learns on the processor with backward passes of this project. It keeps the activations of the rollout for the
 * gradients. The equations are in the package of {@link RolloutPass}.
 *
 * <p>A batch runs in blocks of at most {@value #BLOCK} rollouts, so that the activations of a block stay in the
 * processor's cache. After the first runs an engine allocates almost nothing.
 */
final class BlasLearning implements LearningEngine {

    private static final int BLOCK = 128;

    /** The most values in one matrix of a block, for any model: 256 MB. */
    private static final int LARGEST = 1 << 26;

    private final RamConfig config;
    private final LossWeights objective;
    private final Sensor sensor;
    private final Layers layers;
    private final StartPass start; // null unless the start is learned
    private final LinearLayer baseline;
    private final int block;
    private final Map<Integer, RolloutPass> passes = new HashMap<>();

    BlasLearning(RamSpec model, Weights weights, LossWeights objective) {
        Networks networks = Networks.of(weights.config());
        this.config = weights.config();
        this.objective = objective;
        this.sensor = new Sensor(config, (float) model.input().padding());
        this.layers = new Layers(weights);
        this.start = objective.learnedStart() ? new StartPass(config, networks.location(), layers, objective) : null;
        this.baseline = layers.of(networks.baseline().fc());
        int widest = Weights.layers(config).stream()
                .mapToInt(layer -> Math.max(layer.in(), layer.out()))
                .max()
                .orElseThrow();
        this.block = (int) Math.max(1, Math.min(BLOCK, LARGEST / ((long) config.steps() * widest)));
    }

    @Override
    public Losses run(LearningBatch batch) {
        RolloutBatch rollouts = batch.rollouts();
        rollouts.requireFit(config);
        layers.begin();
        Losses losses = new Losses(0, 0, 0);
        for (int from = 0; from < rollouts.size(); from += block) {
            int n = Math.min(block, rollouts.size() - from);
            losses = losses.plus(passes.computeIfAbsent(n, this::pass).run(batch, from));
        }
        if (start != null) {
            losses = losses.plus(new Losses(0, 0, start.learn(batch, baseline.bias()[0])));
        }
        layers.end();
        return losses;
    }

    private RolloutPass pass(int n) {
        return new RolloutPass(config, sensor, layers, objective, n);
    }

    @Override
    public INDArray gradient(String name) {
        return layers.gradient(name);
    }

    /** Drops the references to the working memory, so that ND4J frees the memory. */
    @Override
    public void close() {
        passes.clear();
    }
}
