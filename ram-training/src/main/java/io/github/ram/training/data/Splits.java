package io.github.ram.training.data;

/**
 * The three disjoint parts of one data set, of one shape and one set of classes.
 *
 * @param train what the weights are fitted to
 * @param validation what picks the best epoch
 * @param test what the final error is measured on
 */
public record Splits(Dataset train, Dataset validation, Dataset test) {

    /** Refuses parts that differ in shape or in number of classes with an {@link IllegalArgumentException}. */
    public Splits {
        requireAlike(train, validation);
        requireAlike(train, test);
    }

    private static void requireAlike(Dataset train, Dataset other) {
        if (!train.shape().equals(other.shape()) || train.classes() != other.classes()) {
            throw new IllegalArgumentException(
                    "splits must be of one shape and one number of classes, got %s and %s".formatted(train, other));
        }
    }
}
