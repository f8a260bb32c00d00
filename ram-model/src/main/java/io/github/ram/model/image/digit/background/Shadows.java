package io.github.ram.model.image.digit.background;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Shadows with a hard edge: large smooth parts of a picture that reach its border and are darker, or lighter, than
 * the surface of the background by one factor. Ink is darker than the background around it.
 *
 * <p>Each smooth pixel is lit or in a shadow; all others, the ink and the edges, take the factor of the nearest one.
 */
final class Shadows {

    /** Factors outside this range are no shadows. */
    private static final double DARKEST = 0.2;

    private static final double LIGHTEST = 4;

    /** The least change of light that counts. */
    private static final double LEAST_CHANGE = 0.05;

    /** A shadow covers so much of the picture, and of its border, at least. */
    private static final double LEAST_AREA = 0.02;

    private static final double LEAST_BORDER = 0.06;

    /** The least share of a picture that is ink, and the light of ink compared with the background around it. */
    private static final double LEAST_INK = 0.004;

    private static final double INK = 0.75;

    private final int width;
    private final int height;
    private final float[] light;
    private final boolean[] smooth;

    private Shadows(float[] light, boolean[] smooth, int width, int height) {
        this.light = light;
        this.smooth = smooth;
        this.width = width;
        this.height = height;
    }

    /**
     * Applies shadows to a background.
     *
     * @param rgb the picture [3][height · width]
     * @param surface its background without shadows, [3][height · width]; becomes the background with them
     * @return whether there are shadows
     */
    static boolean apply(float[][] rgb, float[][] surface, int width, int height, double noise) {
        int n = width * height;
        float[] luma = new float[n];
        float[] light = new float[n];
        for (int i = 0; i < n; i++) {
            luma[i] = Luma.of(rgb, i);
            light[i] = (luma[i] + 1) / Math.max(1, Luma.of(surface, i) + 1);
        }
        boolean[] smooth = new boolean[n];
        double most = Math.max(10, 8 * noise);
        for (int i = 0; i < n; i++) {
            int x = i % width;
            float around = luma[i];
            float least = around;
            float greatest = around;
            for (int near : new int[] {x > 0 ? i - 1 : i, x < width - 1 ? i + 1 : i, i - width, i + width}) {
                if (near >= 0 && near < n) {
                    least = Math.min(least, luma[near]);
                    greatest = Math.max(greatest, luma[near]);
                }
            }
            smooth[i] = greatest - least < most;
        }
        return new Shadows(light, smooth, width, height).apply(surface);
    }

    private boolean apply(float[][] surface) {
        float[] factors = new float[light.length]; // 0: not known yet
        for (int i = 0; i < factors.length; i++) {
            factors[i] = smooth[i] && Math.abs(light[i] - 1) < LEAST_CHANGE ? 1 : 0;
        }
        boolean[] seen = new boolean[light.length];
        float darkest = 1;
        float lightest = 1;
        for (int start = 0; start < light.length; start++) {
            if (!seen[start] && isCandidate(start)) {
                List<Integer> part = part(start, seen);
                float factor = factor(part);
                if (factor > 0) {
                    darkest = Math.min(darkest, factor);
                    lightest = Math.max(lightest, factor);
                    part.forEach(i -> factors[i] = factor);
                }
            }
        }
        if (darkest == lightest) {
            return false;
        }
        spread(factors);
        int reach = 2 + Math.max(width, height) / 64;
        float[] shadows = factors.clone();
        int ink = 0;
        for (int i = 0; i < factors.length; i++) {
            if (nearEdge(factors, i, reach)) { // a soft edge has any light between
                shadows[i] = Math.max(darkest, Math.min(lightest, light[i]));
            } else if (light[i] < INK * factors[i]) {
                ink++;
            }
        }
        if (ink < LEAST_INK * light.length) { // the dark part was the ink
            return false;
        }
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < shadows.length; i++) {
                surface[c][i] *= shadows[i];
            }
        }
        return true;
    }

    private boolean isCandidate(int i) {
        return smooth[i] && Math.abs(light[i] - 1) >= LEAST_CHANGE && light[i] > DARKEST && light[i] < LIGHTEST;
    }

    /** The candidates that are connected with one. */
    private List<Integer> part(int start, boolean[] seen) {
        List<Integer> part = new ArrayList<>();
        ArrayDeque<Integer> open = new ArrayDeque<>();
        seen[start] = true;
        open.add(start);
        while (!open.isEmpty()) {
            int i = open.remove();
            part.add(i);
            int x = i % width;
            for (int near : new int[] {x > 0 ? i - 1 : i, x < width - 1 ? i + 1 : i, i - width, i + width}) {
                if (near >= 0 && near < light.length && !seen[near] && isCandidate(near)) {
                    seen[near] = true;
                    open.add(near);
                }
            }
        }
        return part;
    }

    /** The median light of a part, or 0 if it is no shadow. */
    private float factor(List<Integer> part) {
        if (part.size() < LEAST_AREA * light.length) {
            return 0;
        }
        int border = 0;
        float[] values = new float[part.size()];
        for (int k = 0; k < values.length; k++) {
            int i = part.get(k);
            values[k] = light[i];
            boolean atBorder = i < width || i >= light.length - width || i % width == 0 || i % width == width - 1;
            border += atBorder ? 1 : 0;
        }
        Arrays.sort(values);
        float median = values[values.length / 2];
        float spread = values[values.length * 9 / 10] - values[values.length / 10];
        double thickness = (double) part.size() / Math.max(1, border);
        boolean shadow = border >= LEAST_BORDER * 2 * (width + height)
                && thickness > Math.max(Surface.FRAME, 0.05 * Math.min(width, height))
                && spread < 0.25f * median;
        return shadow ? median : 0;
    }

    /** Gives each pixel without a factor that of the nearest with one. */
    private void spread(float[] factors) {
        boolean[] known = new boolean[factors.length];
        for (int i = 0; i < factors.length; i++) {
            known[i] = factors[i] > 0;
        }
        NearestFill.fill(known, width, (from, to) -> factors[to] = factors[from]);
    }

    private boolean nearEdge(float[] factors, int i, int reach) {
        int x = i % width;
        int y = i / width;
        for (int step : new int[] {-reach, -1, 1, reach}) {
            int u = Math.max(0, Math.min(width - 1, x + step));
            int v = Math.max(0, Math.min(height - 1, y + step));
            if (factors[y * width + u] != factors[i] || factors[v * width + x] != factors[i]) {
                return true;
            }
        }
        return false;
    }
}
