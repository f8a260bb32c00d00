package io.github.ram.model.image.draw;

import java.util.List;

/** Places labels near their anchors so that no label covers another. */
final class LabelPlacement {

    private static final int ROUNDS = 300;

    /** After these rounds labels are only pushed apart, so that none overlap at the end. */
    private static final int PULLED_ROUNDS = 225;

    /** How much of the way back to its anchor a label is drawn in each round. */
    private static final double PULL = 0.08;

    /** Radians. No two of its first many multiples are near each other on the circle. */
    private static final double GOLDEN_ANGLE = 2.4;

    private LabelPlacement() {}

    /**
     * Pushes overlapping labels apart and pulls each label back to its anchor.
     *
     * @param anchors x and y of each
     * @param distance least distance between two labels
     * @param width labels stay in [distance / 2, width − distance / 2]
     * @param height likewise
     * @return x and y of each label
     */
    static double[][] place(List<double[]> anchors, double distance, double width, double height) {
        double[][] labels = new double[anchors.size()][];
        for (int i = 0; i < labels.length; i++) {
            // A small offset for each, so that labels in one place move apart in all directions.
            double x = anchors.get(i)[0] + 0.01 * StrictMath.cos(i * GOLDEN_ANGLE);
            double y = anchors.get(i)[1] + 0.01 * StrictMath.sin(i * GOLDEN_ANGLE);
            labels[i] = new double[] {x, y};
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < labels.length && round < PULLED_ROUNDS; i++) {
                labels[i][0] += PULL * (anchors.get(i)[0] - labels[i][0]);
                labels[i][1] += PULL * (anchors.get(i)[1] - labels[i][1]);
            }
            for (int i = 0; i < labels.length; i++) {
                for (int j = i + 1; j < labels.length; j++) {
                    pushApart(labels[i], labels[j], distance, i * GOLDEN_ANGLE);
                }
            }
            for (double[] label : labels) {
                label[0] = Math.max(distance / 2, Math.min(width - distance / 2, label[0]));
                label[1] = Math.max(distance / 2, Math.min(height - distance / 2, label[1]));
            }
        }
        return labels;
    }

    /** Moves both by half of the missing distance; along the given angle if both are in the same place. */
    private static void pushApart(double[] a, double[] b, double distance, double angle) {
        double dx = b[0] - a[0];
        double dy = b[1] - a[1];
        double apart = Math.sqrt(dx * dx + dy * dy);
        if (apart >= distance) {
            return;
        }
        double push = (distance - apart) / 2;
        double pushX = push * (apart == 0 ? StrictMath.cos(angle) : dx / apart);
        double pushY = push * (apart == 0 ? StrictMath.sin(angle) : dy / apart);
        a[0] -= pushX;
        a[1] -= pushY;
        b[0] += pushX;
        b[1] += pushY;
    }
}
