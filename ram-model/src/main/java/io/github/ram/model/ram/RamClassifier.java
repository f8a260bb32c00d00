package io.github.ram.model.ram;

import io.github.ram.model.Box;
import io.github.ram.model.Classifier;
import io.github.ram.model.ImageShape;
import io.github.ram.model.Prediction;
import io.github.ram.model.Query;
import io.github.ram.model.ram.engine.RolloutEngine;
import io.github.ram.model.ram.network.Location;
import io.github.ram.model.ram.rollout.RolloutBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Classifies each image by the mean probabilities of one or more rollouts.
 *
 * <p>The first rollout of an image is greedy; the other rollouts are sampled from the policy. The start and the noise
 * of rollout m depend on m alone. So a prediction depends only on the pixels and the number of rollouts.
 */
public final class RamClassifier implements Classifier {

    private final RamSpec model;
    private final RolloutEngine engine;
    private final RolloutBatch outcomes;
    private final RolloutBatch steps;

    /**
     * @param engine engine with the model's weights; {@link #close} closes the engine
     * @param capacity largest batch in rollouts, at least 1; larger requests run in several batches
     */
    public RamClassifier(RamSpec model, RolloutEngine engine, int capacity) {
        this.model = model;
        this.engine = engine;
        this.outcomes = RolloutBatch.of(model.network(), capacity);
        this.steps = RolloutBatch.inSteps(model.network(), capacity);
    }

    @Override
    public String engine() {
        return engine.name();
    }

    @Override
    public int exactSize() {
        return engine.exactSize();
    }

    @Override
    public Classifier fork() {
        return new RamClassifier(model, engine.fork(), outcomes.capacity());
    }

    /** @return one prediction per query, in the queries' order, with the glimpses of the greedy rollout */
    @Override
    public List<Prediction> predict(List<Query> queries) {
        queries.forEach(this::requireFit);
        RolloutBatch batch = queries.stream().anyMatch(Query::explained) ? steps : outcomes;
        try {
            return predict(queries, batch);
        } finally {
            batch.release();
        }
    }

    private List<Prediction> predict(List<Query> queries, RolloutBatch batch) {
        int waiting = queries.stream().mapToInt(Query::rollouts).sum();
        List<Prediction> predictions = new ArrayList<>(queries.size());
        int query = 0;
        int rollout = 0;
        Tally tally = new Tally(batch);
        while (waiting > 0) {
            batch.resize(Math.min(batch.capacity(), waiting));
            int nextQuery = query;
            int nextRollout = rollout;
            for (int row = 0; row < batch.size(); row++) {
                put(batch, row, queries.get(nextQuery), nextRollout++);
                if (nextRollout == queries.get(nextQuery).rollouts()) {
                    nextQuery++;
                    nextRollout = 0;
                }
            }
            engine.run(batch);
            for (int row = 0; row < batch.size(); row++) {
                tally.add(row, rollout++, queries.get(query).explained());
                if (rollout == queries.get(query).rollouts()) {
                    predictions.add(tally.prediction(rollout));
                    query++;
                    rollout = 0;
                }
            }
            waiting -= batch.size();
        }
        return predictions;
    }

    private void requireFit(Query query) {
        int length = query.input().length;
        if (length != model.network().image().size()) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "an image of this model has %d pixels (%s), got %d",
                    model.network().image().size(),
                    model.network().image(),
                    length));
        }
    }

    private void put(RolloutBatch batch, int row, Query query, int rollout) {
        batch.image(row, query.input());
        if (rollout == 0) {
            batch.greedy(row, model.start().location());
        } else {
            batch.sampled(row, model.start().location(), new SplittableRandom(rollout));
        }
    }

    @Override
    public void close() {
        engine.close();
    }

    /** Sums the probabilities over the rollouts of one image, and counts the classes that the rollouts name. */
    private final class Tally {

        private final RolloutBatch batch;
        private final float[] sums = new float[model.network().classes()];
        private final int[] votes = new int[sums.length];
        private List<Prediction.Glimpse> glimpses = List.of();

        Tally(RolloutBatch batch) {
            this.batch = batch;
        }

        void add(int row, int rollout, boolean explained) {
            if (rollout == 0) {
                Arrays.fill(sums, 0);
                Arrays.fill(votes, 0);
                glimpses = glimpses(row, explained);
            }
            for (int c = 0; c < sums.length; c++) {
                sums[c] += batch.probabilities()[row * sums.length + c];
            }
            votes[batch.argmax(row)]++;
        }

        Prediction prediction(int rollouts) {
            List<Float> probabilities = new ArrayList<>(sums.length);
            int best = 0;
            for (int c = 0; c < sums.length; c++) {
                probabilities.add(sums[c] / rollouts);
                best = sums[c] > sums[best] ? c : best;
            }
            Float agreement = rollouts == 1 ? null : Float.valueOf((float) votes[best] / rollouts);
            return new Prediction(
                    best,
                    model.labels().get(best),
                    probabilities.get(best),
                    agreement,
                    probabilities,
                    glimpses,
                    List.of());
        }

        private List<Prediction.Glimpse> glimpses(int row, boolean explained) {
            ImageShape image = model.network().image();
            int size = model.network().glimpse().patchSize();
            List<Prediction.Glimpse> seen = new ArrayList<>(model.network().steps());
            for (int t = 0; t < model.network().steps(); t++) {
                float x = batch.x(t, row);
                float y = batch.y(t, row);
                Box box = new Box(
                        Location.firstPixel(x, image.width(), size),
                        Location.firstPixel(y, image.height(), size),
                        size,
                        size);
                seen.add(new Prediction.Glimpse(t + 1, x, y, box, explained ? probabilities(t, row) : null));
            }
            return seen;
        }

        private List<Float> probabilities(int t, int row) {
            List<Float> probabilities = new ArrayList<>(sums.length);
            for (int c = 0; c < sums.length; c++) {
                probabilities.add(batch.stepProbabilities()[(t * batch.size() + row) * sums.length + c]);
            }
            return probabilities;
        }
    }
}
