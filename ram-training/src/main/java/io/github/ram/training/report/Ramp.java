package io.github.ram.training.report;

/** Colours between colours, as 0xRRGGBB. */
final class Ramp {

    /** From nothing to much. The luminance rises all the way, so that the order is also seen in grey. */
    private static final int[] HEAT = {0x14161D, 0x33256B, 0x7A3B8F, 0xD0577A, 0xFF9B5E, 0xFFF0A0};

    private Ramp() {}

    /** The colour of a share, from 0 to 1, of the most there is. */
    static int heat(double share) {
        double at = Math.max(0, Math.min(1, share)) * (HEAT.length - 1);
        int below = Math.min(HEAT.length - 2, (int) at);
        return mix(HEAT[below], HEAT[below + 1], at - below);
    }

    /** From one colour (share 0) to another (share 1). */
    static int mix(int from, int to, double share) {
        int mixed = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int a = from >> shift & 0xff;
            int b = to >> shift & 0xff;
            mixed |= (int) Math.round(a + (b - a) * share) << shift;
        }
        return mixed;
    }
}
