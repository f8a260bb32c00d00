package io.github.ram.training.loop;

import java.util.function.DoubleUnaryOperator;

/** Finds the temperature with the least cross-entropy by a golden-section search over its logarithm. */
public final class TemperatureSearch {

    /** The search looks between 1 / {@value} and {@value}. */
    public static final double LIMIT = 4;

    private static final double RATIO = (Math.sqrt(5) - 1) / 2;
    private static final double PRECISION = 0.002;

    private TemperatureSearch() {}

    /**
     * Returns the temperature with the least cross-entropy, to two parts in a thousand.
     *
     * @param crossEntropy of a temperature; it falls and then rises, as it is convex in 1/T
     */
    public static double least(DoubleUnaryOperator crossEntropy) {
        double low = -Math.log(LIMIT);
        double high = Math.log(LIMIT);
        double left = high - RATIO * (high - low);
        double right = low + RATIO * (high - low);
        double atLeft = crossEntropy.applyAsDouble(Math.exp(left));
        double atRight = crossEntropy.applyAsDouble(Math.exp(right));
        while (high - low > PRECISION) {
            if (atLeft <= atRight) {
                high = right;
                right = left;
                atRight = atLeft;
                left = high - RATIO * (high - low);
                atLeft = crossEntropy.applyAsDouble(Math.exp(left));
            } else {
                low = left;
                left = right;
                atLeft = atRight;
                right = low + RATIO * (high - low);
                atRight = crossEntropy.applyAsDouble(Math.exp(right));
            }
        }
        return Math.exp((low + high) / 2);
    }
}
