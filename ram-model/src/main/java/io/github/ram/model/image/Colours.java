package io.github.ram.model.image;

/** The colours of a {@link GlimpsePicture}, as 0xRRGGBB. */
final class Colours {

    /** Around the image: not black, so that the image's own black background can be told from it. */
    static final int SURROUND = 0x20242E;

    /** Under and around what is drawn, to set it off against white strokes as well as black. */
    static final int CASING = 0x0B0D12;

    /**
     * Early to late. The luminance rises all the way, so that the order is also seen in grey and by
     * the colour-blind; the darkest is still light enough to stand out against black.
     */
    private static final int[] RAMP = {0x6C6CFF, 0xB069F5, 0xF068B8, 0xFF8B6B, 0xFFBE4A, 0xFFF27A};

    private Colours() {}

    /** The colour of glimpse i of n, i from 0. */
    static int ofGlimpse(int i, int n) {
        double at = n == 1 ? 0 : (double) i * (RAMP.length - 1) / (n - 1);
        int below = (int) at;
        return below == RAMP.length - 1 ? RAMP[below] : mix(RAMP[below], RAMP[below + 1], at - below);
    }

    /** From one colour (share 0) to another (share 1). */
    static int mix(int from, int to, double share) {
        int mixed = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int a = from >> shift & 0xFF;
            int b = to >> shift & 0xFF;
            mixed |= (int) Math.round(a + (b - a) * share) << shift;
        }
        return mixed;
    }
}
