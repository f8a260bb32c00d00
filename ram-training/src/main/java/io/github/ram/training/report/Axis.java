package io.github.ram.training.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A range of values, with round values for its ticks.
 *
 * @param least smallest value
 * @param most largest value, above the smallest
 * @param isLogarithmic whether equal distances are equal factors; then all values are positive
 */
record Axis(double least, double most, boolean isLogarithmic) {

    /** Returns the narrowest axis with round ends for finite values. A logarithmic axis skips values that are not positive. */
    static Axis around(boolean isLogarithmic, double... values) {
        double[] shown = Arrays.stream(values)
                .filter(value -> Double.isFinite(value) && (!isLogarithmic || value > 0))
                .toArray();
        double least = Arrays.stream(shown).min().orElse(isLogarithmic ? 0.1 : 0);
        double most = Arrays.stream(shown).max().orElse(1);
        if (isLogarithmic) {
            return new Axis(least / 1.15, Math.max(most * 1.15, least * 2), true);
        }
        double room = most > least ? 0.06 * (most - least) : Math.max(0.5, Math.abs(most) * 0.1);
        return new Axis(least >= 0 ? 0 : least - room, most + room, false);
    }

    /** Returns the position of a value, from 0 to 1. */
    double place(double value) {
        return isLogarithmic
                ? Math.log(Math.max(value, least) / least) / Math.log(most / least)
                : (value - least) / (most - least);
    }

    /** Returns round values on the axis, about as many as requested. */
    List<Double> ticks(int about) {
        return isLogarithmic ? logarithmicTicks(about) : linearTicks(about);
    }

    private List<Double> linearTicks(int about) {
        double rough = (most - least) / about;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = power * (rough / power <= 1.5 ? 1 : rough / power <= 3.5 ? 2 : rough / power <= 7.5 ? 5 : 10);
        List<Double> ticks = new ArrayList<>();
        for (double i = Math.ceil(least / step); i * step <= most; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    private List<Double> logarithmicTicks(int about) {
        double decades = Math.log10(most / least);
        double[] digits =
                decades > about ? new double[] {1} : decades > 2 ? new double[] {1, 3} : new double[] {1, 2, 5};
        List<Double> ticks = new ArrayList<>();
        for (int power = (int) Math.floor(Math.log10(least)); power <= Math.log10(most); power++) {
            for (double digit : digits) {
                double tick = digit * Math.pow(10, power);
                if (tick >= least && tick <= most) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }

    /** Formats a round value. */
    static String label(double value) {
        if (value == 0) {
            return "0";
        }
        if (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e6) {
            return String.format(Locale.ROOT, "%.0e", value)
                    .replaceFirst("e([-+])0*", "e$1")
                    .replace("e+", "e");
        }
        return String.format(Locale.ROOT, "%.4f", value).replaceFirst("\\.?0+$", "");
    }
}
