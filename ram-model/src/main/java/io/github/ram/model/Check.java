package io.github.ram.model;

import java.util.Locale;

/** Validates configuration values. Each error names the field, the constraint and the value. */
public final class Check {

    private Check() {}

    /** Rejects a number of elements that a Java array cannot hold. */
    public static void fitsArray(String field, long value) {
        if (value > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s must be at most %d, got %d", field, Integer.MAX_VALUE, value));
        }
    }

    /** Rejects a value outside [least, most]. */
    public static void inRange(String field, long least, long most, long value) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s must be in [%d, %d], got %d", field, least, most, value));
        }
    }

    /** Rejects a value outside [least, most], and NaN. */
    public static void inRange(String field, double least, double most, double value) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s must be in [%s, %s], got %s", field, least, most, value));
        }
    }

    /** Rejects a value below least. */
    public static void atLeast(String field, int least, int value) {
        if (value < least) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s must be at least %d, got %d", field, least, value));
        }
    }

    /** Rejects 0, negative values, infinity and NaN. */
    public static void positive(String field, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s must be positive and finite, got %s", field, value));
        }
    }
}
