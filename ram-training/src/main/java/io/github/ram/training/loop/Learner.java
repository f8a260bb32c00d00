package io.github.ram.training.loop;

import io.github.ram.model.EngineChoice;
import io.github.ram.model.Learning;
import io.github.ram.model.LossTerms;
import io.github.ram.model.Parameter;
import io.github.ram.model.ParameterGroup;
import io.github.ram.model.Parameters;
import io.github.ram.model.graph.Floats;
import io.github.ram.training.TrainingException;
import io.github.ram.training.data.Dataset;
import io.github.ram.training.loop.optimizer.Optimizer;
import io.github.ram.training.loop.optimizer.WeightAverage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Takes training steps: forward and backward pass of a batch with the parameters as they are, then a change of the
 * parameters. Threads share the batch; their gradients are added in a fixed order, so the same batch always gives the
 * same parameters.
 */
public final class Learner implements AutoCloseable {

    private final Parameters parameters;
    private final Optimizer optimizer;
    private final WeightAverage average;
    private final List<ParameterGroup> groups;
    private final List<Shard> shards = new ArrayList<>();
    private final Map<String, float[]> gradients = new LinkedHashMap<>();
    private final Map<String, float[]> parts = new LinkedHashMap<>(); // room for a shard's
    private final ExecutorService threads;
    private Map<String, Double> norms = Map.of();

    /** Learns by the fastest engine of the backend. */
    public Learner(TrainingConfig config, Parameters parameters) {
        this(config, parameters, EngineChoice.AUTO);
    }

    public Learner(TrainingConfig config, Parameters parameters, EngineChoice engine) {
        TrainingConfig.Optimisation optimisation = config.optimisation();
        this.parameters = parameters;
        this.average = new WeightAverage(parameters, optimisation.averaging());
        int count = Math.min(optimisation.threads(), optimisation.batchSize());
        List<Learning> learnings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            learnings.add(config.model().learning(optimisation.objective(), engine, parameters));
        }
        this.groups = learnings.get(0).groups();
        this.optimizer = new Optimizer(optimisation.optimizer(), parameters, groups);
        learnings.forEach(learning -> shards.add(new Shard(config, learning)));
        for (Parameter parameter : parameters.list()) {
            if (parameter.trainable()) {
                gradients.put(parameter.name(), new float[parameter.size()]);
            }
            parts.put(parameter.name(), new float[parameter.size()]);
        }
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
     * @param noise the source of everything random in the step
     * @return the loss before the step; if a term is not a number, the parameters stay as they were
     */
    public LossTerms step(Dataset data, int[] batch, SplittableRandom noise, double learningRate) {
        Map<Shard, Future<LossTerms>> results = new LinkedHashMap<>();
        for (int i = 0; i < shards.size(); i++) {
            Shard shard = shards.get(i);
            int[] part = Arrays.copyOfRange(batch, bound(batch, i), bound(batch, i + 1));
            SplittableRandom random = noise.split();
            if (part.length > 0) {
                results.put(shard, threads.submit(() -> shard.learn(data, part, random)));
            }
        }
        LossTerms terms = LossTerms.NONE;
        gradients.values().forEach(gradient -> Arrays.fill(gradient, 0));
        for (Map.Entry<Shard, Future<LossTerms>> result : results.entrySet()) {
            Shard shard = result.getKey();
            LossTerms part = get(result.getValue());
            double share = (double) shard.size() / batch.length;
            terms = terms.plus(part, share);
            gradients.forEach((name, sum) -> add(shard.gradient(name), (float) share, parts.get(name), sum));
        }
        if (terms.isFinite()) {
            Map<String, Double> lengths = new LinkedHashMap<>();
            groups.forEach(group -> lengths.put(group.name(), norm(group)));
            norms = lengths;
            optimizer.step(gradients, learningRate);
            measure(results.keySet(), batch.length);
            average.update(parameters, optimizer.steps());
        }
        return terms;
    }

    private int bound(int[] batch, int shard) {
        return (int) ((long) batch.length * shard / shards.size());
    }

    private static void add(INDArray values, float share, float[] part, float[] sum) {
        if (values != null) {
            Floats.read(values).get(part);
            for (int i = 0; i < part.length; i++) {
                sum[i] += share * part[i];
            }
        }
    }

    /** Sets each statistic to the mean over the shards that measured it. */
    private void measure(Iterable<Shard> measured, int images) {
        for (Parameter parameter : parameters.list()) {
            if (!parameter.trainable()) {
                float[] mean = new float[parameter.size()];
                boolean changed = false;
                for (Shard shard : measured) {
                    INDArray value = shard.statistic(parameter.name());
                    changed |= value != null;
                    add(value, shard.size() / (float) images, parts.get(parameter.name()), mean);
                }
                if (changed) {
                    Floats.write(parameters.arrays().get(parameter.name()), buffer -> buffer.put(mean));
                }
            }
        }
    }

    /** Length of the gradient of a group, seen as one vector. */
    private double norm(ParameterGroup group) {
        double squares = 0;
        for (Map.Entry<String, float[]> gradient : gradients.entrySet()) {
            if (group.parameters().contains(gradient.getKey())) {
                squares += squares(gradient.getValue());
            }
        }
        return Math.sqrt(squares);
    }

    /** Eight sums at a time, since an addition has to wait for the one before it. */
    private static double squares(float[] x) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        int i = 0;
        for (; i <= x.length - 8; i += 8) {
            s0 += (double) x[i] * x[i];
            s1 += (double) x[i + 1] * x[i + 1];
            s2 += (double) x[i + 2] * x[i + 2];
            s3 += (double) x[i + 3] * x[i + 3];
            s4 += (double) x[i + 4] * x[i + 4];
            s5 += (double) x[i + 5] * x[i + 5];
            s6 += (double) x[i + 6] * x[i + 6];
            s7 += (double) x[i + 7] * x[i + 7];
        }
        for (; i < x.length; i++) {
            s0 += (double) x[i] * x[i];
        }
        return s0 + s1 + (s2 + s3) + (s4 + s5 + (s6 + s7));
    }

    /** Lengths of the last step's gradient by the name of the group. */
    public Map<String, Double> norms() {
        return norms;
    }

    /** The parameters, which every step changes in place. */
    public Parameters parameters() {
        return parameters;
    }

    public Optimizer optimizer() {
        return optimizer;
    }

    /** The average of the parameters, which is what is evaluated and kept. */
    public WeightAverage average() {
        return average;
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
