package io.github.ram.model.image.digit;

/**
 * Fills the strokes of a digit that is drawn by its outline. What an outline encloses is long and everywhere about as wide
 * as a stroke, unlike the hole of a zero or an eight.
 */
final class Outline {

    /** The coverage of a pixel that bounds a hole. */
    private static final int INKED = 128;

    /** The least length of a stroke, in times its width. */
    private static final double LONG = 3.5;

    /** The greatest width of a stroke, as a share of the digit's longer side. More is the room in a ring around a digit. */
    private static final double WIDE = 0.27;

    /** The least area of what is filled, as a share of the ink's area. */
    private static final double LEAST_AREA = 0.3;

    /** Lengths of a step to the next pixel and to the diagonal one in the chamfer distance (Borgefors, 1986). */
    private static final int STRAIGHT = 3;

    private static final int DIAGONAL = 4;

    private final int width;
    private final int height;
    private final int[] distances; // of a pixel from the nearest inked one, in thirds of a pixel; 0 for ink

    private Outline(InkMap ink) {
        width = ink.width();
        height = ink.height();
        distances = new int[width * height];
    }

    /** Returns the ink with its long holes filled, or the same map if it has none. */
    static InkMap filled(InkMap ink) {
        Outline outline = new Outline(ink);
        int inked = outline.measure(ink.coverage());
        byte[] coverage = ink.coverage().clone();
        int filled = outline.fill(coverage);
        return filled >= LEAST_AREA * inked ? new InkMap(ink.width(), ink.height(), coverage) : ink;
    }

    /** Measures the distances, and returns the number of inked pixels. */
    private int measure(byte[] coverage) {
        int inked = 0;
        for (int i = 0; i < distances.length; i++) {
            boolean isInked = (coverage[i] & 0xFF) >= INKED;
            inked += isInked ? 1 : 0;
            distances[i] = isInked ? 0 : Integer.MAX_VALUE / 2;
        }
        for (int i = 0; i < distances.length; i++) {
            distances[i] = Math.min(distances[i], nearest(i, -1));
        }
        for (int i = distances.length - 1; i >= 0; i--) {
            distances[i] = Math.min(distances[i], nearest(i, 1));
        }
        return inked;
    }

    /** The least distance by way of the neighbours before a pixel (-1), or after it (1). */
    private int nearest(int i, int side) {
        int x = i % width;
        int least = at(x + side, i / width) + STRAIGHT;
        int y = i / width + side;
        least = Math.min(least, at(x - 1, y) + DIAGONAL);
        least = Math.min(least, at(x, y) + STRAIGHT);
        return Math.min(least, at(x + 1, y) + DIAGONAL);
    }

    private int at(int x, int y) {
        return x < 0 || y < 0 || x >= width || y >= height ? Integer.MAX_VALUE / 2 : distances[y * width + x];
    }

    /** Fills the long holes, and returns the number of pixels in them. */
    private int fill(byte[] coverage) {
        boolean[] seen = new boolean[distances.length];
        int[] hole = new int[distances.length];
        int filled = 0;
        for (int start = 0; start < distances.length; start++) {
            if (seen[start] || distances[start] == 0) {
                continue;
            }
            int size = 0;
            hole[size++] = start;
            seen[start] = true;
            int widest = 0;
            boolean enclosed = true;
            int left = width;
            int right = 0;
            int bottom = 0;
            for (int next = 0; next < size; next++) {
                int i = hole[next];
                int x = i % width;
                widest = Math.max(widest, distances[i]);
                left = Math.min(left, x);
                right = Math.max(right, x);
                bottom = Math.max(bottom, i / width);
                enclosed &= x > 0 && x < width - 1 && i >= width && i + width < distances.length;
                for (int near : new int[] {x > 0 ? i - 1 : i, x < width - 1 ? i + 1 : i, i - width, i + width}) {
                    if (near >= 0 && near < distances.length && !seen[near] && distances[near] > 0) {
                        seen[near] = true;
                        hole[size++] = near;
                    }
                }
            }
            double stroke = 2.0 * widest / STRAIGHT;
            int longer = 1 + Math.max(right - left, bottom - start / width); // the start is in the first row
            if (enclosed && size >= LONG * stroke * stroke && stroke <= WIDE * longer) {
                filled += size;
                for (int next = 0; next < size; next++) {
                    coverage[hole[next]] = (byte) 255;
                }
            }
        }
        return filled;
    }
}
