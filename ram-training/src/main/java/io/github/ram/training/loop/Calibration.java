package io.github.ram.training.loop;

/**
 * How well confidences match the share of right answers. Bin b of {@value #BINS} holds the answers with a confidence in
 * (b / {@value #BINS}, (b + 1) / {@value #BINS}].
 *
 * @param right right answers a bin [{@value #BINS}]
 * @param confidence sum of the confidences a bin [{@value #BINS}]
 * @param total answers in all bins
 */
record Calibration(long[] right, double[] confidence, long total) {

    static final int BINS = 15;

    static final Calibration NONE = new Calibration(new long[BINS], new double[BINS], 0);

    Calibration plus(Calibration other) {
        long[] rights = right.clone();
        double[] confidences = confidence.clone();
        for (int b = 0; b < BINS; b++) {
            rights[b] += other.right[b];
            confidences[b] += other.confidence[b];
        }
        return new Calibration(rights, confidences, total + other.total);
    }

    /**
     * Returns the expected calibration error, Σ_b |right answers − sum of confidences| / answers (Guo et al. 2017), in
     * [0, 1].
     */
    double error() {
        double sum = 0;
        for (int b = 0; b < BINS; b++) {
            sum += Math.abs(right[b] - confidence[b]);
        }
        return total == 0 ? 0 : sum / total;
    }

    /** Counts answers. */
    static final class Counter {

        private final long[] right = new long[BINS];
        private final double[] confidence = new double[BINS];
        private long total;

        /**
         * Adds an answer.
         *
         * @param probability of the named class, in [0, 1]
         */
        void add(double probability, boolean isRight) {
            int bin = Math.min(BINS - 1, Math.max(0, (int) Math.ceil(probability * BINS) - 1));
            right[bin] += isRight ? 1 : 0;
            confidence[bin] += probability;
            total++;
        }

        Calibration counts() {
            return new Calibration(right.clone(), confidence.clone(), total);
        }
    }
}
