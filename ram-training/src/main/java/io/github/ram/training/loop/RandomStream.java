package io.github.ram.training.loop;

import java.util.SplittableRandom;

/**
 * The random streams of a run. Each is a pure function of the seed and of what it is for, so a run has no
 * generator whose state would have to be kept: it can go on from any step.
 */
public enum RandomStream {
    WEIGHTS,
    ORDER,
    NOISE,
    IMAGES;

    /**
     * A generator of this stream.
     *
     * @param position where in the run, such as epoch and step; other positions give other numbers
     */
    public SplittableRandom at(long seed, long... position) {
        long state = mix(seed + ordinal());
        for (long coordinate : position) {
            state = mix(state ^ coordinate);
        }
        return new SplittableRandom(state);
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood, 2014): neighbours come out far apart. */
    private static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
