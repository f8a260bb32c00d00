package io.github.ram.model.ram.engine;

import io.github.ram.model.ImageShape;
import io.github.ram.model.onnx.OnnxSession;
import io.github.ram.model.ram.RamSpec;
import io.github.ram.model.ram.RolloutGraph;
import io.github.ram.model.ram.network.RamConfig;
import io.github.ram.model.ram.onnx.OnnxGraph;
import io.github.ram.model.ram.rollout.RolloutBatch;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs the rollouts in ONNX Runtime, from an ONNX graph that is made in memory. Forks share the weights. */
final class OnnxEngine implements RolloutEngine {

    private final RamConfig config;
    private final OnnxSession outcomes;
    private final OnnxSession steps;

    private OnnxEngine(RamConfig config, OnnxSession outcomes, OnnxSession steps) {
        this.config = config;
        this.outcomes = outcomes;
        this.steps = steps;
    }

    /** @param weights values of the parameters by name, row-major; read in the first run */
    static OnnxEngine of(RamSpec model, Map<String, FloatBuffer> weights) {
        return new OnnxEngine(
                model.network(),
                new OnnxSession(() -> OnnxGraph.rollouts(model, weights, false)),
                new OnnxSession(() -> OnnxGraph.rollouts(model, weights, true)));
    }

    @Override
    public String name() {
        return "onnxruntime";
    }

    @Override
    public RamConfig config() {
        return config;
    }

    @Override
    public int exactSize() {
        return 1; // ONNX Runtime uses other kernels for two rows
    }

    /** @throws IllegalArgumentException also for a batch for learning: the graph does not give its samples */
    @Override
    public void run(RolloutBatch batch) {
        batch.requireFit(config);
        if (batch.isForLearning()) {
            throw new IllegalArgumentException("the engine onnxruntime does not learn: use blas or samediff");
        }
        int n = batch.size();
        ImageShape image = config.image();
        List<OnnxSession.Input> inputs = new ArrayList<>();
        inputs.add(new OnnxSession.Input(
                RolloutGraph.IMAGES, batch.images(), n, image.height(), image.width(), image.channels()));
        inputs.add(new OnnxSession.Input(RolloutGraph.START, batch.starts(), n, 2));
        if (config.steps() > 1) {
            inputs.add(new OnnxSession.Input(RolloutGraph.NOISE, batch.noise(), config.steps() - 1, n, 2));
        }
        boolean inSteps = batch.kind() == RolloutBatch.Kind.IN_STEPS;
        Map<String, float[]> outputs = (inSteps ? steps : outcomes).run(inputs);
        System.arraycopy(outputs.get(RolloutGraph.PROBABILITIES), 0, batch.probabilities(), 0, n * config.classes());
        turn(outputs.get(RolloutGraph.LOCATIONS), batch.locations(), n, 2);
        if (inSteps) {
            turn(outputs.get(RolloutGraph.STEP_PROBABILITIES), batch.stepProbabilities(), n, config.classes());
        }
    }

    /** Copies [n, T, width] to [T, n, width]. */
    private void turn(float[] from, float[] to, int n, int width) {
        for (int b = 0; b < n; b++) {
            for (int t = 0; t < config.steps(); t++) {
                System.arraycopy(from, (b * config.steps() + t) * width, to, (t * n + b) * width, width);
            }
        }
    }

    @Override
    public RolloutEngine fork() {
        return new OnnxEngine(config, outcomes.share(), steps.share());
    }

    @Override
    public void close() {
        outcomes.release();
        steps.release();
    }
}
