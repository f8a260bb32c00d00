package io.github.ram.training.data;

/** The finaliser of SplitMix64 (Steele, Lea and Flood 2014), to make seeds of numbers that are near each other. */
final class SplitMix {

    private SplitMix() {}

    /** Far apart for neighbouring values, so that what is drawn from them shares no pattern. */
    static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
