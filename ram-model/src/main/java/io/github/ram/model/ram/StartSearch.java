package io.github.ram.model.ram;

import io.github.ram.model.ModelSpec;
import io.github.ram.model.ram.network.Location;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Chooses the first location of a model that was trained with starts in the whole image. The result is the grid
 * location with the lowest mean cross-entropy of greedy rollouts on validation images. Cross-entropy separates close
 * locations, but the error rate does not. A few images identify bad locations; only many images identify the best
 * one. So each round evaluates fewer locations on more images (successive halving: Jamieson and Talwalkar, 2016).
 */
final class StartSearch {

    /** Locations per side of the grid, which spans [-0.8, 0.8]². Images have little content closer to the border. */
    private static final int SIDE = 5;

    private static final float SPAN = 0.8f;

    /** Validation images per round. */
    private static final int[] IMAGES = {400, 1500, 6000};

    /** Locations that remain after each round. */
    private static final int[] LEFT = {6, 2, 1};

    private final RamSpec model;
    private final ModelSpec.Judge judge;

    StartSearch(RamSpec model, ModelSpec.Judge judge) {
        this.model = model;
        this.judge = judge;
    }

    /** The best location. */
    Location best() {
        List<Location> left = IntStream.range(0, SIDE * SIDE)
                .mapToObj(i -> new Location(coordinate(i % SIDE), coordinate(i / SIDE)))
                .toList();
        for (int round = 0; round < IMAGES.length; round++) {
            int images = Math.min(IMAGES[round], judge.images());
            Map<Location, Double> crossEntropy = new HashMap<>();
            for (Location start : left) {
                crossEntropy.put(start, judge.crossEntropy(model.startingAt(start), images));
            }
            left = left.stream()
                    .sorted(Comparator.comparing(crossEntropy::get))
                    .limit(LEFT[round])
                    .toList();
        }
        return left.get(0);
    }

    private static float coordinate(int i) {
        return SPAN * (2f * i / (SIDE - 1) - 1);
    }
}
