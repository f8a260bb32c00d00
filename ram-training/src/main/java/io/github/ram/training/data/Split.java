package io.github.ram.training.data;

import java.util.Locale;

/** The three disjoint parts of a data set. */
public enum Split {
    /** What the weights are fitted to. */
    TRAIN,
    /** What picks the best epoch and the hyper-parameters. */
    VALIDATION,
    /** What the final error is measured on, and nothing else. */
    TEST;

    /** The name in messages: {@code train}, {@code validation} or {@code test}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
