package io.github.ram.training;

import io.github.ram.model.Location;
import io.github.ram.model.ModelSpec;
import io.github.ram.model.engine.RolloutEngine;
import io.github.ram.training.data.Dataset;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Chooses where a model that was trained from starts all over the image looks first: the location of a grid from
 * which its greedy rollouts give the labels of the first validation images the lowest mean cross-entropy, which tells
 * close locations apart where errors, few as they are, do not.
 */
final class StartSearch {

    /** Locations a side of the grid, which spans [-0.8, 0.8]²: nearer to the border there is little to see. */
    private static final int SIDE = 5;

    private static final float SPAN = 0.8f;

    private static final int IMAGES = 1000;

    private final ModelSpec model;
    private final int threads;

    StartSearch(ModelSpec model, int threads) {
        this.model = model;
        this.threads = threads;
    }

    /**
     * The best location.
     *
     * @param engine runs the model's weights
     * @param validation the images to choose by
     */
    Location best(RolloutEngine engine, Dataset validation) {
        int images = Math.min(IMAGES, validation.size());
        return IntStream.range(0, SIDE * SIDE)
                .mapToObj(i -> new Location(coordinate(i % SIDE), coordinate(i / SIDE)))
                .min(Comparator.comparingDouble(start -> new Evaluator(model.startingAt(start), 1, threads)
                        .evaluate(engine, validation, images)
                        .crossEntropy()))
                .orElseThrow();
    }

    private static float coordinate(int i) {
        return SPAN * (2f * i / (SIDE - 1) - 1);
    }
}
