package io.github.ram.training;

import io.github.ram.model.LearningGraph;
import io.github.ram.model.Weights;
import io.github.ram.model.engine.GraphPlan;
import io.github.ram.model.engine.RolloutEngine;
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
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.Axpy;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One step of training: roll out a batch with the weights as they are, learn from what was seen, change
 * the weights. The batch is split among threads; their gradients are added in a fixed order, so the same
 * batch always gives the same weights.
 */
final class Learner implements AutoCloseable {

    private final TrainingConfig config;
    private final Weights weights;
    private final Adam adam;
    private final WeightAverage average;
    private final Set<String> policy;
    private final GraphPlan startMean;
    private final List<Shard> shards = new ArrayList<>();
    private final Map<String, INDArray> gradients = new LinkedHashMap<>();
    private final ExecutorService threads;
    private GradientNorms norms = new GradientNorms(0, 0);

    /**
     * @param engine rolls out these very weights; forked for every thread
     */
    Learner(TrainingConfig config, Weights weights, RolloutEngine engine) {
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
            shards.add(new Shard(config, weights, engine.fork()));
        }
        weights.arrays().forEach((name, array) -> gradients.put(name, Nd4j.create(DataType.FLOAT, array.shape())));
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
    LossTerms step(Dataset data, int[] batch, SplittableRandom noise, double learningRate) {
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
        gradients.values().forEach(gradient -> gradient.assign(0));
        for (Map.Entry<Shard, Future<LossTerms>> result : results.entrySet()) {
            LossTerms part = get(result.getValue());
            double share = (double) result.getKey().size() / batch.length;
            terms = terms.plus(part, share);
            gradients.forEach((name, sum) -> {
                INDArray gradient = result.getKey().gradient(name);
                if (gradient != null) {
                    Nd4j.exec(new Axpy(gradient, sum, sum, share));
                }
            });
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

    /** Length of the gradient of some weights, seen as one vector. */
    private double norm(Predicate<String> names) {
        double squares = 0;
        for (Map.Entry<String, INDArray> gradient : gradients.entrySet()) {
            if (names.test(gradient.getKey())) {
                double norm = gradient.getValue().norm2Number().doubleValue();
                squares += norm * norm;
            }
        }
        return Math.sqrt(squares);
    }

    /** Shortens the gradient of some weights, of a norm, to another; 0 leaves it as it is. */
    private void clip(Predicate<String> names, double norm, double most) {
        if (most > 0 && norm > most) {
            gradients.forEach((name, gradient) -> {
                if (names.test(name)) {
                    gradient.muli(most / norm);
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
    Weights weights() {
        return weights;
    }

    /** The optimizer, whose state belongs into a run's. */
    Adam adam() {
        return adam;
    }

    /** The average of the weights so far: what is evaluated and kept. */
    WeightAverage average() {
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
