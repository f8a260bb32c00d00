package io.github.ram.training.ram;

import io.github.ram.model.ModelSpec;
import io.github.ram.model.ram.Location;
import io.github.ram.model.ram.engine.RolloutEngine;
import io.github.ram.training.data.Dataset;
import io.github.ram.training.loop.Evaluator;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Chooses where a model that was trained from starts all over the image looks first: the location of a grid from
 * which its greedy rollouts give the labels of validation images the lowest mean cross-entropy, which tells close
 * locations apart where errors, few as they are, do not. Few images tell which locations are bad, many which of the
 * good ones is best: so each round judges fewer locations by more images (successive halving: Jamieson and Talwalkar,
 * 2016).
 */
public final class StartSearch {

    /** Locations a side of the grid, which spans [-0.8, 0.8]²: nearer to the border there is little to see. */
    private static final int SIDE = 5;

    private static final float SPAN = 0.8f;

    /** Images that each round judges by. */
    private static final int[] IMAGES = {400, 1500, 6000};

    /** Locations that each round leaves. */
    private static final int[] LEFT = {6, 2, 1};

    private final ModelSpec model;
    private final int threads;

    public StartSearch(ModelSpec model, int threads) {
        this.model = model;
        this.threads = threads;
    }

    /**
     * The best location.
     *
     * @param engine runs the model's weights
     * @param validation the images to choose by
     */
    public Location best(RolloutEngine engine, Dataset validation) {
        List<Location> left = IntStream.range(0, SIDE * SIDE)
                .mapToObj(i -> new Location(coordinate(i % SIDE), coordinate(i / SIDE)))
                .toList();
        for (int round = 0; round < IMAGES.length; round++) {
            int images = Math.min(IMAGES[round], validation.size());
            Map<Location, Double> crossEntropy = new HashMap<>();
            for (Location start : left) {
                crossEntropy.put(start, crossEntropy(engine, start, validation, images));
            }
            left = left.stream()
                    .sorted(Comparator.comparing(crossEntropy::get))
                    .limit(LEFT[round])
                    .toList();
        }
        return left.get(0);
    }

    private double crossEntropy(RolloutEngine engine, Location start, Dataset validation, int images) {
        return new Evaluator(model.startingAt(start), 1, threads)
                .evaluate(engine, validation, images)
                .crossEntropy();
    }

    private static float coordinate(int i) {
        return SPAN * (2f * i / (SIDE - 1) - 1);
    }
}
