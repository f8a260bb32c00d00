package io.github.ram.model.image.digit.background;

/** Gives each pixel without a value that of the nearest pixel with one. */
public final class NearestFill {

    private NearestFill() {}

    /** Copies values between pixels. */
    @FunctionalInterface
    public interface Copy {
        /** Copies the value of one pixel to another one. */
        void copy(int from, int to);
    }

    /**
     * Fills the pixels without a value. Distance is counted in steps to the four neighbours.
     *
     * @param known whether a pixel has a value [height · width]; all have one afterwards, unless none had
     * @param values copies the value of the pixel at one index to that at another one
     */
    public static void fill(boolean[] known, int width, Copy values) {
        int[] queue = new int[known.length];
        int end = 0;
        for (int i = 0; i < known.length; i++) {
            if (known[i]) {
                queue[end++] = i;
            }
        }
        for (int next = 0; next < end; next++) {
            int i = queue[next];
            int x = i % width;
            for (int near : new int[] {x > 0 ? i - 1 : i, x < width - 1 ? i + 1 : i, i - width, i + width}) {
                if (near >= 0 && near < known.length && !known[near]) {
                    known[near] = true;
                    values.copy(i, near);
                    queue[end++] = near;
                }
            }
        }
    }
}
