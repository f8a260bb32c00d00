package io.github.ram.training.data.file;

import io.github.ram.training.data.DataException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * Holds validation images out of n training images: the indices are shuffled with the fixed seed {@value #SEED}
 * (Fisher–Yates on {@link Random}, whose sequence the Java platform fixes). The last n/10 (rounded down) are for
 * validation and the others for training.
 */
final class HeldOut {

    /** Seed of the shuffle. Changing it changes every reported figure. */
    static final long SEED = 20140624;

    private HeldOut() {}

    /** Returns the indices of the images to train on. */
    static int[] training(int n, Path origin) {
        return Arrays.copyOf(shuffled(n, origin), n - n / 10);
    }

    /** Returns the indices of the images to validate on. */
    static int[] validation(int n, Path origin) {
        return Arrays.copyOfRange(shuffled(n, origin), n - n / 10, n);
    }

    private static int[] shuffled(int n, Path origin) {
        if (n < 10) {
            throw new DataException(String.format(
                    Locale.ROOT,
                    "%s holds %d training images, expected at least 10: one in ten is set aside for validation",
                    origin,
                    n));
        }
        int[] order = new int[n];
        Arrays.setAll(order, i -> i);
        Random random = new Random(SEED);
        for (int i = n - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int index = order[i];
            order[i] = order[other];
            order[other] = index;
        }
        return order;
    }
}
