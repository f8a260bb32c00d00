package io.github.ram.training.data;

/** The finaliser of SplitMix64 (Steele, Lea and Flood, 2014): turns numbers that are near each other into seeds. */
public final class SplitMix {

    /** The increment of SplitMix64: 2^64 divided by the golden ratio. */
    public static final long INCREMENT = 0x9e3779b97f4a7c15L;

    private SplitMix() {}

    /** Returns values far apart for neighbouring arguments, so that the numbers drawn from them share no pattern. */
    public static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
