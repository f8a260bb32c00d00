package io.github.ram.model.image.digit;

import io.github.ram.model.Box;

/** Ink that hangs together. */
final class ConnectedRegion {

    /**
     * The factor of the weight of a region that is no digit unless there is nothing else: one that reaches the picture's
     * edge, such as the table, a shadow or a frame; a bar; a ring.
     */
    private static final double UNLIKELY = 0.05;

    /** The least weight of a loose part of a digit, as a share of the digit's weight. Less is dirt. */
    private static final double LEAST_PART = 0.08;

    private final int width;
    private final int height;
    private double weight;
    private int left = Integer.MAX_VALUE;
    private int top = Integer.MAX_VALUE;
    private int right = -1;
    private int bottom = -1;
    private boolean ring;

    /**
     * @param width of the picture
     * @param height of the picture
     */
    ConnectedRegion(int width, int height) {
        this.width = width;
        this.height = height;
    }

    void add(int x, int y, int coverage) {
        weight += coverage;
        left = Math.min(left, x);
        right = Math.max(right, x);
        top = Math.min(top, y);
        bottom = Math.max(bottom, y);
    }

    void add(ConnectedRegion other) {
        weight += other.weight;
        left = Math.min(left, other.left);
        right = Math.max(right, other.right);
        top = Math.min(top, other.top);
        bottom = Math.max(bottom, other.bottom);
    }

    /** Says that the region is a ring around another one. */
    void setRing() {
        ring = true;
    }

    boolean isRing() {
        return ring;
    }

    /** The sum of its coverage, 255 a whole pixel. */
    double weight() {
        return weight;
    }

    /** The region of the highest rank is the digit. */
    double rank() {
        return weight * (atEdge() ? UNLIKELY : 1) * (isBar() ? UNLIKELY : 1) * (ring ? UNLIKELY : 1);
    }

    Box box() {
        return new Box(left, top, right - left + 1, bottom - top + 1);
    }

    /** Whether it is a loose part of a digit, such as the bar of a five: heavy and near enough. */
    boolean belongsTo(ConnectedRegion digit) {
        int reach = Math.max(digit.right - digit.left, digit.bottom - digit.top) / 2;
        return weight >= LEAST_PART * digit.weight
                && !ring
                && (!atEdge() || digit.atEdge())
                && !underlines(digit)
                && left <= digit.right + reach
                && right >= digit.left - reach
                && top <= digit.bottom + reach
                && bottom >= digit.top - reach;
    }

    /** Whether it is a level bar, which no digit is. */
    private boolean isBar() {
        return right - left + 1 >= 5 * (bottom - top + 1);
    }

    /** Whether it is a bar below a digit, or above it, and longer than the digit is wide. */
    private boolean underlines(ConnectedRegion digit) {
        int margin = (digit.bottom - digit.top) / 6;
        return isBar()
                && (top > digit.bottom - margin || bottom < digit.top + margin)
                && right - left > digit.right - digit.left;
    }

    /** Whether it reaches the picture's edge. */
    boolean atEdge() {
        return left == 0 || top == 0 || right == width - 1 || bottom == height - 1;
    }
}
