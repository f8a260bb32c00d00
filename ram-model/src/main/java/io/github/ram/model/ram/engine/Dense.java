package io.github.ram.model.ram.engine;

/**
 * A fully connected layer, y = x·W + b, on one row at a time.
 *
 * <p>The weights of each input are an array of their own: those of an input that is zero are never read,
 * and the loops over the others are of the plain form that the just-in-time compiler turns into vector
 * instructions.
 *
 * @param weights W [in][out]
 * @param bias b [out]
 */
record Dense(float[][] weights, float[] bias) {

    /** A layer of zeros. */
    Dense(int in, int out) {
        this(new float[in][out], new float[out]);
    }

    /**
     * The layer that makes the same of x − origin as this one of x: W·x + b = W·(x − origin) + (b + W·origin).
     *
     * @param origin the same for all inputs
     */
    Dense from(float origin) {
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

    int out() {
        return bias.length;
    }

    /**
     * y = x·W + b.
     *
     * @param x [in]
     * @param y [out], or longer: what lies behind is left alone
     */
    void apply(Sparse x, float[] y) {
        int out = bias.length;
        System.arraycopy(bias, 0, y, 0, out);
        int size = x.size();
        int i = 0;
        for (; i <= size - 4; i += 4) {
            add(
                    x.value(i),
                    weights[x.index(i)],
                    x.value(i + 1),
                    weights[x.index(i + 1)],
                    x.value(i + 2),
                    weights[x.index(i + 2)],
                    x.value(i + 3),
                    weights[x.index(i + 3)],
                    y,
                    out);
        }
        for (; i < size; i++) {
            add(x.value(i), weights[x.index(i)], y, out);
        }
    }

    /**
     * Four inputs at once: y is read and written once for all of them. More at once, and the compiler of
     * JDK 17 finds the loop too large to turn it into vector instructions.
     */
    private static void add(
            float x0, float[] w0, float x1, float[] w1, float x2, float[] w2, float x3, float[] w3, float[] y, int n) {
        for (int j = 0; j < n; j++) {
            y[j] += x0 * w0[j] + x1 * w1[j] + x2 * w2[j] + x3 * w3[j];
        }
    }

    private static void add(float x, float[] w, float[] y, int n) {
        for (int j = 0; j < n; j++) {
            y[j] += x * w[j];
        }
    }
}
