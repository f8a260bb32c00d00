package io.github.ram.training;

import io.github.ram.model.LearningGraph;
import io.github.ram.model.RamConfig;
import io.github.ram.model.RolloutGraph;
import io.github.ram.model.StartLocation;
import io.github.ram.model.Weights;
import io.github.ram.model.engine.Floats;
import io.github.ram.model.engine.GraphPlan;
import io.github.ram.model.engine.RolloutBatch;
import io.github.ram.model.engine.RolloutEngine;
import io.github.ram.training.data.Dataset;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** One thread's part of a training step: rollouts of some images, and the gradients of their loss. */
final class Shard implements AutoCloseable {

    private final RamConfig network;
    private final StartLocation.Kind start;
    private final Augmentation augmentation;
    private final int rollouts;
    private final boolean hasPolicy; // not with one glimpse at a place that is given
    private final float[] normalised;
    private final RolloutEngine engine;
    private final SameDiff gradientGraph;
    private final Map<String, String> gradientNames = new LinkedHashMap<>();
    private final Map<Integer, Pass> passes = new HashMap<>();
    private Pass pass;

    Shard(TrainingConfig config, Weights weights, RolloutEngine engine) {
        this.network = config.model().network();
        this.start = config.model().start().kind();
        this.augmentation = config.augmentation();
        this.rollouts = config.optimisation().policy().rollouts();
        this.hasPolicy = start == StartLocation.Kind.LEARNED || network.steps() > 1;
        this.normalised = config.model().input().table();
        this.engine = engine;
        SameDiff graph = LearningGraph.build(weights, config.objective());
        this.gradientGraph = differentiated(graph);
        for (String name : weights.arrays().keySet()) {
            SDVariable gradient = graph.getVariable(name).getGradient();
            if (gradient != null) {
                gradientNames.put(name, gradient.name());
            }
        }
    }

    /** SameDiff tells standard output of every operation on its way. That is for results alone. */
    private static SameDiff differentiated(SameDiff graph) {
        PrintStream out = System.out;
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        try {
            graph.createGradFunction();
        } finally {
            System.setOut(out);
        }
        return graph.getFunction("grad");
    }

    /** Images in the last part that it learned from. */
    int size() {
        return pass.batch.size() / rollouts;
    }

    /**
     * The gradient of the last part's loss, by the name of the weights; null if the loss does not depend on
     * them, as with one glimpse that of the recurrent layer.
     */
    INDArray gradient(String name) {
        String gradient = gradientNames.get(name);
        return gradient == null ? null : pass.plan.output(gradient);
    }

    /**
     * Rolls out images and computes the loss and its gradients.
     *
     * @param start the first location if it is fixed, its mean if it is learned
     */
    LossTerms learn(Dataset data, int[] images, float[] start, SplittableRandom random) {
        pass = passes.computeIfAbsent(images.length * rollouts, Pass::new);
        return pass.run(data, images, start, random);
    }

    @Override
    public void close() {
        engine.close();
    }

    /** The arrays and the plan for one number of rollouts: M of the first image, then M of the second, and so on. */
    private final class Pass {

        private final RolloutBatch batch;
        private final float[] startSamples;
        private final float[] rewards;
        private final float[] labels;
        private final byte[] pixels = new byte[network.image().size()];
        private final byte[] varied = new byte[network.image().size()];
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
            if (start == StartLocation.Kind.LEARNED) {
                inputs.put(LearningGraph.START_SAMPLES, Nd4j.create(DataType.FLOAT, n, 2));
            }
            List<String> outputs = new ArrayList<>(gradientNames.values());
            outputs.add(LearningGraph.LOSS);
            outputs.add(LearningGraph.CLASSIFICATION_LOSS);
            outputs.add(LearningGraph.BASELINE_LOSS);
            if (hasPolicy) {
                outputs.add(LearningGraph.POLICY_LOSS);
            }
            plan = new GraphPlan(gradientGraph, inputs, outputs);
        }

        LossTerms run(Dataset data, int[] images, float[] mean, SplittableRandom random) {
            act(data, images, mean, random);
            Arrays.fill(labels, 0);
            int right = 0;
            for (int b = 0; b < batch.size(); b++) {
                int label = data.label(images[b / rollouts]);
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
            return new LossTerms(
                    term(LearningGraph.LOSS),
                    term(LearningGraph.CLASSIFICATION_LOSS),
                    term(LearningGraph.BASELINE_LOSS),
                    hasPolicy ? term(LearningGraph.POLICY_LOSS) : 0,
                    (double) right / batch.size());
        }

        private double term(String name) {
            return plan.output(name).getDouble(0);
        }

        private void act(Dataset data, int[] images, float[] mean, SplittableRandom random) {
            for (int b = 0; b < batch.size(); b++) {
                if (b % rollouts == 0) {
                    data.copyPixels(images[b / rollouts], pixels, 0);
                    augmentation.apply(network.image(), pixels, varied, random);
                }
                batch.image(b, varied, 0, normalised);
                for (int axis = 0; axis < 2; axis++) {
                    int i = 2 * b + axis;
                    startSamples[i] = switch (start) {
                        case FIXED -> mean[axis];
                        case LEARNED -> (float) (mean[axis] + network.std() * random.nextGaussian());
                        case CHOSEN -> (float) (2 * random.nextDouble() - 1);
                    };
                    batch.starts()[i] = Math.max(-1, Math.min(1, startSamples[i]));
                }
            }
            float[] noise = batch.noise();
            for (int i = 0; i < noise.length; i++) {
                noise[i] = (float) random.nextGaussian();
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
