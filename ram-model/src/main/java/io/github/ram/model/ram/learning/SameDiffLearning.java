package io.github.ram.model.ram.learning;

import io.github.ram.model.graph.Floats;
import io.github.ram.model.graph.Gradients;
import io.github.ram.model.graph.GraphPlan;
import io.github.ram.model.ram.LearningGraph;
import io.github.ram.model.ram.RamSpec;
import io.github.ram.model.ram.RolloutGraph;
import io.github.ram.model.ram.engine.RolloutEngine;
import io.github.ram.model.ram.engine.SameDiffEngine;
import io.github.ram.model.ram.gradient.LearningBatch;
import io.github.ram.model.ram.gradient.LossWeights;
import io.github.ram.model.ram.gradient.Losses;
import io.github.ram.model.ram.network.RamConfig;
import io.github.ram.model.ram.network.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Runs the {@link LearningGraph} and its gradients on ND4J's backend, CPU or GPU. */
final class SameDiffLearning implements LearningEngine {

    private final RamConfig config;
    private final boolean learnedStart;
    private final RolloutEngine engine;
    private final SameDiff graph;
    private final Map<String, String> gradientNames;
    private final Map<Integer, Pass> passes = new HashMap<>();
    private Pass pass;

    SameDiffLearning(RamSpec model, Weights weights, LossWeights objective) {
        this.config = weights.config();
        this.learnedStart = objective.learnedStart();
        this.engine = new SameDiffEngine(
                config, RolloutGraph.build(weights, model.input().padding()));
        this.graph = LearningGraph.build(weights, objective);
        this.gradientNames = Gradients.of(graph.getVariable(LearningGraph.LOSS));
    }

    @Override
    public Losses run(LearningBatch batch) {
        engine.run(batch.rollouts());
        return learn(batch);
    }

    /** Computes the losses and gradients of finished rollouts. */
    Losses learn(LearningBatch batch) {
        pass = passes.computeIfAbsent(batch.rollouts().size(), Pass::new);
        return pass.run(batch);
    }

    @Override
    public INDArray gradient(String name) {
        String gradient = gradientNames.get(name);
        return gradient == null ? null : pass.plan.output(gradient);
    }

    @Override
    public void close() {
        engine.close();
        passes.clear();
    }

    /** The arrays and the plan for one number of rollouts. */
    private final class Pass {

        private final int n;
        private final boolean hasPolicy =
                learnedStart || config.steps() > 1; // one glimpse with a fixed start has no policy
        private final float[] rewards;
        private final float[] labels;
        private final Map<String, INDArray> inputs = new HashMap<>();
        private final GraphPlan plan;

        Pass(int n) {
            this.n = n;
            int steps = config.steps();
            rewards = new float[n];
            labels = new float[n * config.classes()];
            inputs.put(RolloutGraph.GLIMPSES, Nd4j.create(DataType.FLOAT, steps, n, config.glimpseSize()));
            inputs.put(RolloutGraph.LOCATIONS, Nd4j.create(DataType.FLOAT, steps, n, 2));
            inputs.put(LearningGraph.LABELS, Nd4j.create(DataType.FLOAT, n, config.classes()));
            inputs.put(LearningGraph.REWARDS, Nd4j.create(DataType.FLOAT, n, 1));
            if (steps > 1) {
                inputs.put(RolloutGraph.SAMPLES, Nd4j.create(DataType.FLOAT, steps - 1, n, 2));
            }
            if (learnedStart) {
                inputs.put(LearningGraph.START_SAMPLES, Nd4j.create(DataType.FLOAT, n, 2));
            }
            List<String> outputs = new ArrayList<>(gradientNames.values());
            outputs.add(LearningGraph.CLASSIFICATION_LOSS);
            outputs.add(LearningGraph.BASELINE_LOSS);
            if (hasPolicy) {
                outputs.add(LearningGraph.POLICY_LOSS);
            }
            plan = new GraphPlan(graph, inputs, outputs);
        }

        Losses run(LearningBatch batch) {
            Arrays.fill(labels, 0);
            for (int b = 0; b < n; b++) {
                labels[b * config.classes() + batch.labels()[b]] = 1;
                rewards[b] = batch.reward(b);
            }
            put(RolloutGraph.GLIMPSES, batch.rollouts().glimpses());
            put(RolloutGraph.LOCATIONS, batch.rollouts().locations());
            put(RolloutGraph.SAMPLES, batch.rollouts().samples());
            put(LearningGraph.START_SAMPLES, batch.startSamples());
            put(LearningGraph.REWARDS, rewards);
            put(LearningGraph.LABELS, labels);
            plan.run();
            return new Losses(
                    loss(LearningGraph.CLASSIFICATION_LOSS),
                    loss(LearningGraph.BASELINE_LOSS),
                    hasPolicy ? loss(LearningGraph.POLICY_LOSS) : 0);
        }

        private double loss(String name) {
            return plan.output(name).getDouble(0);
        }

        private void put(String input, float[] values) {
            INDArray array = inputs.get(input);
            if (array != null) {
                Floats.write(array, buffer -> buffer.put(values, 0, (int) array.length()));
            }
        }
    }
}
