package io.github.ram.training.report;

/**
 * The colours of a chart, by their purpose. Each surface has its own values.
 *
 * @see ChartSurface
 */
enum ChartColour {
    /** The background. */
    GROUND(0x20242E),
    /** Grid lines. */
    GRID(0x3A4050),
    /** Numbers on the axes. */
    FAINT(0x9AA3B5),
    /** Titles. */
    STRONG(0xE9ECF2),
    /** The first curve; the other curves follow. */
    FIRST(0xFFBE4A),
    SECOND(0x8C8CFF),
    THIRD(0xF068B8),
    FOURTH(0x5CC8A8);

    private final int onDark;

    ChartColour(int onDark) {
        this.onDark = onDark;
    }

    /** The colour in pictures, which have a dark background, as 0xRRGGBB. */
    int onDark() {
        return onDark;
    }

    /** The CSS class in a page, whose reader chooses the background. */
    String style() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
