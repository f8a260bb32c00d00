package io.github.ram.model.image.digit;

import io.github.ram.model.Box;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds reasons to doubt that a picture shows one digit. The bounds of the last reason hold for 99.5 % of the images
 * that MNIST has for training.
 */
final class Warnings {

    /** The least weight of another mark, and of all ink outside, as a share of the digit's weight. */
    private static final double OTHER_MARK = 0.25;

    private static final double INK_OUTSIDE = 0.4;

    /** The least height of each of two digits side by side, as a share of the height of both. */
    private static final double DIGIT_HEIGHT = 0.65;

    /** A digit is at most so many times as wide as it is high. */
    private static final double WIDE = 1.4;

    /** The bounds of ink and of its outline, in pixels of 28×28. */
    private static final double LEAST_INK = 30;

    private static final double MOST_INK = 225;
    private static final double MOST_OUTLINE = 140;

    /** The most holes in a digit, and the most pieces. */
    private static final int MOST_HOLES = 2;

    private static final int MOST_PIECES = 2;

    /** The least pixels of a hole or a piece that counts. */
    private static final int LEAST_PIXELS = 4;

    private static final int INKED = 100;

    private Warnings() {}

    /** The reasons to doubt the marks of a picture, one sentence each. */
    static List<String> of(Marks marks) {
        List<String> warnings = new ArrayList<>();
        double digit =
                marks.parts().stream().mapToDouble(ConnectedRegion::weight).sum();
        List<ConnectedRegion> others = marks.regions().stream()
                .filter(region -> !marks.parts().contains(region) && region.rank() == region.weight())
                .toList();
        if (others.stream().anyMatch(region -> region.weight() > OTHER_MARK * digit)) {
            warnings.add("the picture shows several marks: the class is of the largest one");
        } else if (others.stream().mapToDouble(ConnectedRegion::weight).sum() > INK_OUTSIDE * digit) {
            warnings.add("much ink is outside of the mark that was read");
        }
        if (marks.box().width() > WIDE * marks.box().height() || areSideBySide(marks)) {
            warnings.add("the mark looks like several digits: send each digit alone");
        }
        return warnings;
    }

    private static boolean areSideBySide(Marks marks) {
        List<Box> tall = marks.parts().stream()
                .map(ConnectedRegion::box)
                .filter(box -> box.height() >= DIGIT_HEIGHT * marks.box().height())
                .toList();
        return tall.stream()
                .anyMatch(left -> tall.stream().anyMatch(right -> left.left() + left.width() <= right.left()));
    }

    /**
     * The reason to doubt that an image looks like a digit, or no reason.
     *
     * @param pixels unsigned bytes [28, 28] of one channel; other images are not judged
     */
    static List<String> ofInput(byte[] pixels) {
        if (pixels.length != 28 * 28) {
            return List.of();
        }
        double ink = 0;
        double outline = 0;
        boolean[] inked = new boolean[pixels.length];
        boolean[] blank = new boolean[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            int value = pixels[i] & 0xFF;
            int right = i % 28 < 27 ? pixels[i + 1] & 0xFF : 0;
            int below = i < 27 * 28 ? pixels[i + 28] & 0xFF : 0;
            ink += value / 255.0;
            outline += Math.hypot(right - value, below - value) / 255;
            inked[i] = value >= INKED;
            blank[i] = value < INKED;
        }
        boolean unlike = ink < LEAST_INK
                || ink > MOST_INK
                || outline > MOST_OUTLINE
                || parts(inked, true) > MOST_PIECES
                || parts(blank, false) > MOST_HOLES + 1; // one is around the digit
        return unlike ? List.of("the mark is unlike the digits that the model was trained on") : List.of();
    }

    /** How many connected parts have enough pixels; diagonal neighbours are connected if so said. Clears the mask. */
    private static int parts(boolean[] mask, boolean diagonal) {
        int parts = 0;
        int[] open = new int[mask.length];
        for (int start = 0; start < mask.length; start++) {
            if (!mask[start]) {
                continue;
            }
            int size = 0;
            int n = 0;
            open[n++] = start;
            mask[start] = false;
            while (n > 0) {
                int at = open[--n];
                size++;
                for (int v = Math.max(0, at / 28 - 1); v <= Math.min(27, at / 28 + 1); v++) {
                    for (int u = Math.max(0, at % 28 - 1); u <= Math.min(27, at % 28 + 1); u++) {
                        int next = 28 * v + u;
                        if (mask[next] && (diagonal || u == at % 28 || v == at / 28)) {
                            mask[next] = false;
                            open[n++] = next;
                        }
                    }
                }
            }
            parts += size >= LEAST_PIXELS ? 1 : 0;
        }
        return parts;
    }

    /** Both lists in one. */
    static List<String> join(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }
}
