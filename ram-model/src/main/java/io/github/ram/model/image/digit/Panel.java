package io.github.ram.model.image.digit;

import io.github.ram.model.Box;
import io.github.ram.model.image.digit.InputOrigin.Area;
import io.github.ram.model.image.digit.background.NearestFill;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A plain area that a digit stands on: a sheet on a table, a post-it, a disc, a sign. It stands out from what is around
 * it as a digit does. It is a rectangle, in any direction, or about as wide as high. So a zero is none.
 */
final class Panel {

    /** The least share of its convex hull that a convex area covers: pixels make its outline uneven. */
    private static final double CONVEX = 0.95;

    /** The least sides of a panel: the shorter one in pixels, and as a share of the longer one. */
    private static final int LEAST_SIDE = 24;

    private static final double LEAST_PROPORTION = 0.3;

    /** The least share of the smallest rectangle around it that a rectangle covers; an ellipse covers 0.79. */
    private static final double RECTANGULAR = 0.9;

    /** The longer side of the box around a panel that is no rectangle, at most, in times the shorter one. */
    private static final double ROUND = 1.12;

    /** Steps of a quarter turn in which the smallest rectangle is looked for. */
    private static final int TURNS = 45;

    /** The margin along the outline that belongs to neither, in pixels, and as a share of the longer side. */
    private static final int MARGIN = 2;

    private static final double MARGIN_SHARE = 0.02;

    /** The least height of a digit, as a share of its panel's. */
    private static final double LEAST_DIGIT = 0.12;

    /** The margins across and down of a hole differ by less: the stroke around the hole of a zero is even. */
    private static final double EVEN = 1.6;

    /** The least share of its extents that a hole covers; a zero on a disc covers less. */
    private static final double SOLID = 0.96;

    private final DigitFinder.Found found;
    private final Extents extents;

    private Panel(DigitFinder.Found found, Extents extents) {
        this.found = found;
        this.extents = extents;
    }

    /** The panel that a mark is, if it is one, or null. */
    static Panel of(DigitFinder.Found found) {
        Box box = found.marks().box();
        int shorter = Math.min(box.width(), box.height());
        int longer = Math.max(box.width(), box.height());
        if (shorter < LEAST_SIDE || shorter < LEAST_PROPORTION * longer) {
            return null;
        }
        Extents extents = Extents.of(found.marks().digit());
        boolean plain = extents.isConvex() && (longer <= ROUND * shorter || extents.isRectangular());
        return plain ? new Panel(found, extents) : null;
    }

    /** The box around the panel on the picture. */
    Box box() {
        return found.inPicture(Area.of(extents.box())).within(found.part());
    }

    /** Whether a mark that was found on the panel can be a digit on it, and not the hole of a zero. */
    boolean carries(DigitFinder.Found inner) {
        Box box = box();
        double inWidth = inner.marks().box().width() * inner.across();
        double inHeight = inner.marks().box().height() * inner.down();
        if (inHeight < LEAST_DIGIT * box.height()) {
            return false;
        }
        double across = box.width() - inWidth;
        double down = box.height() - inHeight;
        boolean even = across < EVEN * down && down < EVEN * across;
        Extents extents = Extents.of(inner.marks().digit());
        return !even || !extents.isConvex() || extents.inked() < SOLID * extents.area();
    }

    /**
     * Gives each pixel beside the panel, and on its outline, the colour of the nearest pixel within.
     *
     * @param seen the part of the picture that the pixels show
     * @param rgb its colours [3][rows · columns]
     */
    void extend(Box seen, float[][] rgb, int columns, int rows) {
        boolean[] known = new boolean[columns * rows];
        Box part = found.part();
        Box box = extents.box();
        double margin = MARGIN + MARGIN_SHARE * Math.max(box.width(), box.height());
        for (int i = 0; i < known.length; i++) {
            double x = seen.left() + (i % columns + 0.5) * seen.width() / columns - part.left();
            double y = seen.top() + (i / columns + 0.5) * seen.height() / rows - part.top();
            known[i] = extents.contains(x / found.across(), y / found.down(), margin);
        }
        NearestFill.fill(known, columns, (from, to) -> {
            for (float[] colour : rgb) {
                colour[to] = colour[from];
            }
        });
    }

    /** The first and the last inked pixel of each row and column, and their number. An empty row has first > last. */
    private record Extents(int[] left, int[] right, int[] top, int[] bottom, Box box, int inked) {

        static Extents of(InkMap mark) {
            int width = mark.width();
            int height = mark.height();
            int[] left = new int[height];
            int[] right = new int[height];
            int[] top = new int[width];
            int[] bottom = new int[width];
            Arrays.fill(left, width);
            Arrays.fill(right, -1);
            Arrays.fill(top, height);
            Arrays.fill(bottom, -1);
            int inked = 0;
            byte[] coverage = mark.coverage();
            for (int i = 0; i < coverage.length; i++) {
                if (coverage[i] != 0) {
                    inked++;
                    int x = i % width;
                    int y = i / width;
                    left[y] = Math.min(left[y], x);
                    right[y] = Math.max(right[y], x);
                    top[x] = Math.min(top[x], y);
                    bottom[x] = Math.max(bottom[x], y);
                }
            }
            return new Extents(left, right, top, bottom, mark.bounds(1), inked);
        }

        /** Whether a point is between the extents of its row and its column, by a margin. */
        boolean contains(double x, double y, double margin) {
            int column = (int) x;
            int row = (int) y;
            return x >= 0
                    && y >= 0
                    && column < top.length
                    && row < left.length
                    && x >= left[row] + margin
                    && x <= right[row] + 1 - margin
                    && y >= top[column] + margin
                    && y <= bottom[column] + 1 - margin;
        }

        /** Whether the area between the extents fills its convex hull. */
        boolean isConvex() {
            return area() >= CONVEX * (areaLeftOf(chain(right, 1, -1)) - areaLeftOf(chain(left, 0, 1)));
        }

        /** Whether the area between the extents fills the smallest rectangle around it. */
        boolean isRectangular() {
            List<int[]> corners = chain(left, 0, 1);
            corners.addAll(chain(right, 1, -1));
            double least = Double.MAX_VALUE;
            for (int turn = 0; turn < TURNS; turn++) {
                double cos = StrictMath.cos(Math.PI / 2 * turn / TURNS);
                double sin = StrictMath.sin(Math.PI / 2 * turn / TURNS);
                least = Math.min(least, length(corners, cos, sin) * length(corners, -sin, cos));
            }
            return area() >= RECTANGULAR * least;
        }

        private int area() {
            int area = 0;
            for (int y = box.top(); y < box.top() + box.height(); y++) {
                for (int x = left[y]; x <= right[y]; x++) {
                    area += y >= top[x] && y <= bottom[x] ? 1 : 0;
                }
            }
            return area;
        }

        private static double length(List<int[]> points, double across, double down) {
            double least = Double.MAX_VALUE;
            double most = -Double.MAX_VALUE;
            for (int[] point : points) {
                double along = across * point[0] + down * point[1];
                least = Math.min(least, along);
                most = Math.max(most, along);
            }
            return most - least;
        }

        /** One side of the convex hull, from top to bottom: x and y of corners of pixels. */
        private List<int[]> chain(int[] ends, int beyond, int side) {
            List<int[]> chain = new ArrayList<>();
            for (int y = box.top(); y < box.top() + box.height(); y++) {
                for (int edge = y; edge <= y + 1 && left[y] <= right[y]; edge++) {
                    addToChain(chain, ends[y] + beyond, edge, side);
                }
            }
            return chain;
        }

        /** Adds a point to a chain, and removes those that the chain then bends around the wrong way. */
        private static void addToChain(List<int[]> chain, int x, int y, int side) {
            while (chain.size() > 1) {
                int[] before = chain.get(chain.size() - 2);
                int[] last = chain.get(chain.size() - 1);
                long cross =
                        (long) (last[0] - before[0]) * (y - before[1]) - (long) (last[1] - before[1]) * (x - before[0]);
                if (side * cross < 0) {
                    break;
                }
                chain.remove(chain.size() - 1);
            }
            chain.add(new int[] {x, y});
        }

        /** The area between the left edge of the map and a chain. */
        private static double areaLeftOf(List<int[]> chain) {
            double area = 0;
            for (int i = 1; i < chain.size(); i++) {
                area += (chain.get(i)[1] - chain.get(i - 1)[1]) * (chain.get(i)[0] + chain.get(i - 1)[0]) / 2.0;
            }
            return area;
        }
    }
}
