package io.github.ram.training.loop;

import io.github.ram.model.graph.Floats;
import io.github.ram.model.graph.GraphPlan;
import io.github.ram.model.ram.LearningGraph;
import io.github.ram.model.ram.Weights;
import io.github.ram.model.ram.engine.EngineChoice;
import io.github.ram.model.ram.learning.LearningEngine;
import io.github.ram.training.data.Dataset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One step of training: roll out a batch with the weights as they are, learn from what was seen, change
 * the weights. The batch is split among threads; their gradients are added in a fixed order, so the same
 * batch always gives the same weights.
 */
public final class Learner implements AutoCloseable {

    private final TrainingConfig config;
    private final Weights weights;
    private final Adam adam;
    private final WeightAverage average;
    private final Set<String> policy;
    private final GraphPlan startMean;
    private final List<Shard> shards = new ArrayList<>();
    private final Map<String, float[]> gradients = new LinkedHashMap<>();
    private final Map<String, float[]> parts = new LinkedHashMap<>(); // room for a shard's
    private final ExecutorService threads;
    private GradientNorms norms = new GradientNorms(0, 0);

    /** Learns by the fastest engine of the backend. */
    public Learner(TrainingConfig config, Weights weights) {
        this(config, weights, EngineChoice.AUTO);
    }

    public Learner(TrainingConfig config, Weights weights, EngineChoice engine) {
        this.config = config;
        this.weights = weights;
        this.adam = new Adam(weights);
        this.average = new WeightAverage(weights, config.optimisation().averaging());
        this.policy = Weights.policy(weights.config());
        this.startMean = config.objective().learnedStart()
                ? new GraphPlan(
                        LearningGraph.build(weights, config.objective()), Map.of(), List.of(LearningGraph.START_MEAN))
                : null;
        int count =
                Math.min(config.optimisation().threads(), config.optimisation().batchSize());
        for (int i = 0; i < count; i++) {
            shards.add(new Shard(config, LearningEngine.of(engine, config.model(), weights, config.objective())));
        }
        weights.arrays().forEach((name, array) -> {
            gradients.put(name, new float[(int) array.length()]);
            parts.put(name, new float[(int) array.length()]);
        });
        this.threads = Executors.newFixedThreadPool(count, task -> {
            Thread thread = new Thread(task, "learner");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Takes a step.
     *
     * @param data the training images
     * @param batch which of them
     * @param noise what the policy's noise is drawn from
     * @return the loss before the step
     */
    public LossTerms step(Dataset data, int[] batch, SplittableRandom noise, double learningRate) {
        float[] start = start();
        Map<Shard, Future<LossTerms>> results = new LinkedHashMap<>();
        for (int i = 0; i < shards.size(); i++) {
            Shard shard = shards.get(i);
            int[] part = Arrays.copyOfRange(batch, bound(batch, i), bound(batch, i + 1));
            SplittableRandom random = noise.split();
            if (part.length > 0) {
                results.put(shard, threads.submit(() -> shard.learn(data, part, start, random)));
            }
        }
        LossTerms terms = LossTerms.ZERO;
        gradients.values().forEach(gradient -> Arrays.fill(gradient, 0));
        for (Map.Entry<Shard, Future<LossTerms>> result : results.entrySet()) {
            LossTerms part = get(result.getValue());
            double share = (double) result.getKey().size() / batch.length;
            terms = terms.plus(part, share);
            add(result.getKey(), (float) share);
        }
        if (terms.isFinite()) { // else the weights stay as they were, for whoever wants to look at them
            norms = new GradientNorms(norm(policy::contains), norm(name -> !policy.contains(name)));
            clip(
                    name -> !policy.contains(name),
                    norms.others(),
                    config.optimisation().clip());
            clip(
                    policy::contains,
                    norms.policy(),
                    config.optimisation().policy().clip());
            double policyRate = learningRate * config.optimisation().policy().rate();
            adam.step(gradients, name -> policy.contains(name) ? policyRate : learningRate);
            average.update(weights, adam.steps());
        }
        return terms;
    }

    /** Adds a shard's gradients to those of the step. */
    private void add(Shard shard, float share) {
        gradients.forEach((name, sum) -> {
            INDArray gradient = shard.gradient(name);
            if (gradient != null) {
                float[] part = parts.get(name);
                Floats.read(gradient).get(part);
                for (int i = 0; i < part.length; i++) {
                    sum[i] += share * part[i];
                }
            }
        });
    }

    /** Length of the gradient of some weights, seen as one vector. */
    private double norm(Predicate<String> names) {
        double squares = 0;
        for (Map.Entry<String, float[]> gradient : gradients.entrySet()) {
            if (names.test(gradient.getKey())) {
                squares += squares(gradient.getValue());
            }
        }
        return Math.sqrt(squares);
    }

    /** Four sums at a time, since none can go on before its last addition is done. */
    private static double squares(float[] values) {
        double[] sums = new double[4];
        for (int i = 0; i < values.length; i++) {
            sums[i % 4] += (double) values[i] * values[i];
        }
        return sums[0] + sums[1] + sums[2] + sums[3];
    }

    /** Shortens the gradient of some weights, of a norm, to another; 0 leaves it as it is. */
    private void clip(Predicate<String> names, double norm, double most) {
        if (most > 0 && norm > most) {
            gradients.forEach((name, gradient) -> {
                if (names.test(name)) {
                    float factor = (float) (most / norm);
                    for (int i = 0; i < gradient.length; i++) {
                        gradient[i] *= factor;
                    }
                }
            });
        }
    }

    /** The first image of shard i: the batch is split as evenly as can be. */
    private int bound(int[] batch, int i) {
        return (int) ((long) batch.length * i / shards.size());
    }

    /** Lengths of the last step's gradient. */
    GradientNorms norms() {
        return norms;
    }

    /** The weights that it trains. */
    public Weights weights() {
        return weights;
    }

    /** The optimizer, whose state belongs into a run's. */
    public Adam adam() {
        return adam;
    }

    /** The average of the weights so far: what is evaluated and kept. */
    public WeightAverage average() {
        return average;
    }

    /** The first location (x, y); its mean, if it is learned. */
    float[] start() {
        if (startMean == null) {
            var location = config.model().start().location();
            return new float[] {location.x(), location.y()};
        }
        startMean.run();
        return startMean.output(LearningGraph.START_MEAN).toFloatVector();
    }

    private static LossTerms get(Future<LossTerms> result) {
        try {
            return result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrainingException("training was interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        shards.forEach(Shard::close);
    }
}
