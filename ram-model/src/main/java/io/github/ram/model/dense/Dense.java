package io.github.ram.model.dense;

/**
 * The weights of a fully connected layer, y = x·W + b.
 *
 * @param weights W [in][out]
 * @param bias b [out]
 */
public record Dense(float[][] weights, float[] bias) {

    /**
     * Returns a layer for x − origin whose output is this layer's output for x: W·x + b = W·(x − origin) + (b + W·origin).
     *
     * @param origin the value that is subtracted from each element of x
     */
    public Dense from(float origin) {
        float[] shifted = new float[bias.length];
        for (float[] row : weights) {
            for (int j = 0; j < shifted.length; j++) {
                shifted[j] += row[j];
            }
        }
        for (int j = 0; j < shifted.length; j++) {
            shifted[j] = bias[j] + origin * shifted[j];
        }
        return new Dense(weights, shifted);
    }

    /** Returns the number of outputs. */
    public int out() {
        return bias.length;
    }
}
