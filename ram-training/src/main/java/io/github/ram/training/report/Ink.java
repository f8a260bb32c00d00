package io.github.ram.training.report;

/**
 * What a chart is drawn with: colours by what they are for, which each surface has its own of.
 *
 * @see ChartSurface
 */
enum Ink {
    /** Behind everything. */
    GROUND(0x20242E),
    /** Lines to read values by. */
    GRID(0x3A4050),
    /** What is beside the curves: numbers on the axes. */
    FAINT(0x9AA3B5),
    /** Titles. */
    STRONG(0xE9ECF2),
    /** The first curve, and so on. */
    FIRST(0xFFBE4A),
    SECOND(0x8C8CFF),
    THIRD(0xF068B8),
    FOURTH(0x5CC8A8);

    private final int onDark;

    Ink(int onDark) {
        this.onDark = onDark;
    }

    /** The colour in pictures, which have a dark ground, as 0xRRGGBB. */
    int onDark() {
        return onDark;
    }

    /** The name of the class in a page, where the reader chooses the ground. */
    String style() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
