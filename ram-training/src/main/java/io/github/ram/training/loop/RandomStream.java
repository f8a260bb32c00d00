package io.github.ram.training.loop;

import io.github.ram.training.data.SplitMix;
import java.util.SplittableRandom;

/**
 * The random streams of a run. Each stream is a pure function of the seed and of its purpose. So a run keeps no
 * generator's state, and it can resume from any step.
 */
public enum RandomStream {
    WEIGHTS,
    ORDER,
    NOISE,
    IMAGES;

    /**
     * Returns a generator of this stream.
     *
     * @param position in the run, such as epoch and step; other positions give other numbers
     */
    public SplittableRandom at(long seed, long... position) {
        long state = mix(seed + ordinal());
        for (long coordinate : position) {
            state = mix(state ^ coordinate);
        }
        return new SplittableRandom(state);
    }

    private static long mix(long value) {
        return SplitMix.mix(value + SplitMix.INCREMENT);
    }
}
