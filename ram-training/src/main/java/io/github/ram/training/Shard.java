package io.github.ram.training;

import io.github.ram.model.LearningGraph;
import io.github.ram.model.RamConfig;
import io.github.ram.model.RolloutGraph;
import io.github.ram.model.Weights;
import io.github.ram.model.engine.Floats;
import io.github.ram.model.engine.GraphPlan;
import io.github.ram.model.engine.RolloutBatch;
import io.github.ram.model.engine.RolloutEngine;
import io.github.ram.training.data.Dataset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** One thread's part of a training step: rollouts of some images, and the gradients of their loss. */
final class Shard implements AutoCloseable {

    private static final List<String> TERMS = List.of(
            LearningGraph.LOSS,
            LearningGraph.CLASSIFICATION_LOSS,
            LearningGraph.BASELINE_LOSS,
            LearningGraph.POLICY_LOSS);

    private final RamConfig network;
    private final boolean learnedStart;
    private final float[] normalised;
    private final RolloutEngine engine;
    private final SameDiff gradientGraph;
    private final Map<String, String> gradientNames = new LinkedHashMap<>();
    private final Map<Integer, Pass> passes = new HashMap<>();
    private Pass pass;

    Shard(TrainingConfig config, Weights weights, RolloutEngine engine) {
        this.network = config.model().network();
        this.learnedStart = config.learnsStart();
        this.normalised = config.model().input().table();
        this.engine = engine;
        SameDiff graph = LearningGraph.build(weights, config.optimisation().policyWeight(), learnedStart);
        graph.createGradFunction();
        this.gradientGraph = graph.getFunction("grad");
        weights.arrays()
                .keySet()
                .forEach(name -> gradientNames.put(
                        name, graph.getVariable(name).getGradient().name()));
    }

    /** Images in the last part that it learned from. */
    int size() {
        return pass.batch.size();
    }

    /** The gradient of the last part's loss, by the name of the weights. */
    INDArray gradient(String name) {
        return pass.plan.output(gradientNames.get(name));
    }

    /**
     * Rolls out images and computes the loss and its gradients.
     *
     * @param start the first location; its mean, if it is learned
     * @param std standard deviation with which the policy samples
     */
    LossTerms learn(Dataset data, int[] images, float[] start, double std, SplittableRandom random) {
        pass = passes.computeIfAbsent(images.length, Pass::new);
        return pass.run(data, images, start, std, random);
    }

    @Override
    public void close() {
        engine.close();
    }

    /** The arrays and the plan for one number of images. */
    private final class Pass {

        private final RolloutBatch batch;
        private final float[] startSamples;
        private final float[] rewards;
        private final float[] labels;
        private final byte[] pixels = new byte[network.image().size()];
        private final Map<String, INDArray> inputs = new HashMap<>();
        private final GraphPlan plan;

        Pass(int n) {
            int steps = network.steps();
            batch = RolloutBatch.forLearning(network, n);
            startSamples = new float[2 * n];
            rewards = new float[n];
            labels = new float[n * network.classes()];
            inputs.put(RolloutGraph.GLIMPSES, Nd4j.create(DataType.FLOAT, steps, n, network.glimpseSize()));
            inputs.put(RolloutGraph.LOCATIONS, Nd4j.create(DataType.FLOAT, steps, n, 2));
            inputs.put(LearningGraph.LABELS, Nd4j.create(DataType.FLOAT, n, network.classes()));
            inputs.put(LearningGraph.REWARDS, Nd4j.create(DataType.FLOAT, n, 1));
            if (steps > 1) {
                inputs.put(RolloutGraph.SAMPLES, Nd4j.create(DataType.FLOAT, steps - 1, n, 2));
            }
            if (learnedStart) {
                inputs.put(LearningGraph.START_SAMPLES, Nd4j.create(DataType.FLOAT, n, 2));
            }
            List<String> outputs = new ArrayList<>(TERMS);
            outputs.addAll(gradientNames.values());
            plan = new GraphPlan(gradientGraph, inputs, outputs);
        }

        LossTerms run(Dataset data, int[] images, float[] start, double std, SplittableRandom random) {
            act(data, images, start, std, random);
            Arrays.fill(labels, 0);
            int right = 0;
            for (int b = 0; b < images.length; b++) {
                int label = data.label(images[b]);
                labels[b * network.classes() + label] = 1;
                rewards[b] = batch.argmax(b) == label ? 1 : 0;
                right += (int) rewards[b];
            }
            put(RolloutGraph.GLIMPSES, batch.glimpses());
            put(RolloutGraph.LOCATIONS, batch.locations());
            put(RolloutGraph.SAMPLES, batch.samples());
            put(LearningGraph.START_SAMPLES, startSamples);
            put(LearningGraph.REWARDS, rewards);
            put(LearningGraph.LABELS, labels);
            plan.run();
            double[] terms = TERMS.stream()
                    .mapToDouble(term -> plan.output(term).getDouble(0))
                    .toArray();
            return new LossTerms(terms[0], terms[1], terms[2], terms[3], (double) right / images.length);
        }

        private void act(Dataset data, int[] images, float[] start, double std, SplittableRandom random) {
            for (int b = 0; b < images.length; b++) {
                data.copyPixels(images[b], pixels, 0);
                batch.image(b, pixels, 0, normalised);
                for (int axis = 0; axis < 2; axis++) {
                    int i = 2 * b + axis;
                    startSamples[i] = learnedStart ? (float) (start[axis] + std * random.nextGaussian()) : start[axis];
                    batch.starts()[i] = Math.max(-1, Math.min(1, startSamples[i]));
                }
            }
            // The graph scales noise by the model's σ. That the samples are wider than that at first only
            // scales the policy's gradient, which Adam makes no difference of.
            double scale = std / network.std();
            float[] noise = batch.noise();
            for (int i = 0; i < noise.length; i++) {
                noise[i] = (float) (scale * random.nextGaussian());
            }
            engine.run(batch);
        }

        private void put(String input, float[] values) {
            INDArray array = inputs.get(input);
            if (array != null) {
                Floats.write(array, buffer -> buffer.put(values, 0, (int) array.length()));
            }
        }
    }
}
