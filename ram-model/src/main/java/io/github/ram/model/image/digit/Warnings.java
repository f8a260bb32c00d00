package io.github.ram.model.image.digit;

import io.github.ram.model.Box;
import java.util.ArrayList;
import java.util.List;

/** Finds reasons to doubt that a picture shows one digit. */
final class Warnings {

    /** The least weight of another mark, and of all ink outside, as a share of the digit's weight. */
    private static final double OTHER_MARK = 0.25;

    private static final double INK_OUTSIDE = 0.4;

    /** The least height of each of two digits side by side, as a share of the height of both. */
    private static final double DIGIT_HEIGHT = 0.65;

    /** A digit is at most so many times as wide as it is high. */
    private static final double WIDE = 1.4;

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
        return OutlierDetector.isOutlier(pixels)
                ? List.of("the mark is unlike the digits that the model was trained on")
                : List.of();
    }

    /** Both lists in one. */
    static List<String> join(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }
}
