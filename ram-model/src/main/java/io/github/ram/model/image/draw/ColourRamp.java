package io.github.ram.model.image.draw;

/**
 * Colours between colours, as 0xRRGGBB. The luminance of both ramps rises all the way, so that the order is
 * also visible in grey and to the colour-blind.
 */
public enum ColourRamp {
    /** From early to late. The darkest colour still stands out against black. */
    TIME(0x6C6CFF, 0xB069F5, 0xF068B8, 0xFF8B6B, 0xFFBE4A, 0xFFF27A),

    /** From little, nearly black, to much. */
    HEAT(0x14161D, 0x33256B, 0x7A3B8F, 0xD0577A, 0xFF9B5E, 0xFFF0A0);

    private final int[] colours;

    ColourRamp(int... colours) {
        this.colours = colours;
    }

    /** The colour at a share of the ramp. A share outside [0, 1] counts as the nearer end. */
    public int at(double share) {
        double at = Math.max(0, Math.min(1, share)) * (colours.length - 1);
        int below = Math.min(colours.length - 2, (int) at);
        return mix(colours[below], colours[below + 1], at - below);
    }

    /** The colour of item i of n, i from 0. */
    public int of(int i, int n) {
        return at(n == 1 ? 0 : (double) i / (n - 1));
    }

    /** A mixture of two colours: share 0 gives the first, share 1 the second. */
    public static int mix(int from, int to, double share) {
        int mixed = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int a = from >> shift & 0xFF;
            int b = to >> shift & 0xFF;
            mixed |= (int) Math.round(a + (b - a) * share) << shift;
        }
        return mixed;
    }
}
