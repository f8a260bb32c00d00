package io.github.ram.model.ram.rollout;

/** Probabilities of logits. */
final class Softmax {

    private Softmax() {}

    /**
     * pᵢ = exp(zᵢ) / Σ exp(z), of z less its greatest, which changes nothing and keeps exp within its range.
     *
     * @param logits z, of which the first {@code classes} count
     * @param probabilities gets p from {@code at} on
     */
    static void apply(float[] logits, int classes, float[] probabilities, int at) {
        float most = Float.NEGATIVE_INFINITY;
        for (int c = 0; c < classes; c++) {
            most = Math.max(most, logits[c]);
        }
        float sum = 0;
        for (int c = 0; c < classes; c++) {
            float e = (float) Math.exp(logits[c] - most);
            probabilities[at + c] = e;
            sum += e;
        }
        for (int c = 0; c < classes; c++) {
            probabilities[at + c] /= sum;
        }
    }
}
