package io.github.ram.model.ram.gradient;

import java.util.Arrays;

/** The sum of the biases of two layers whose outputs are added. Both biases have the same gradient. */
final class BiasSum {

    private final LinearLayer first;
    private final LinearLayer second;
    private final float[] values;
    private final float[] gradient;

    BiasSum(LinearLayer first, LinearLayer second) {
        this.first = first;
        this.second = second;
        this.values = new float[first.out()];
        this.gradient = new float[first.out()];
    }

    /** Reads the biases and sets their gradient to zero. */
    void begin() {
        for (int j = 0; j < values.length; j++) {
            values[j] = first.bias()[j] + second.bias()[j];
        }
        Arrays.fill(gradient, 0);
    }

    /** b + b' [out]. */
    float[] values() {
        return values;
    }

    /** b̄ = b̄' [out], to which callers add. */
    float[] gradient() {
        return gradient;
    }

    /** Adds the gradient to the gradients of both layers. */
    void end() {
        for (int j = 0; j < gradient.length; j++) {
            first.biasGradient()[j] += gradient[j];
            second.biasGradient()[j] += gradient[j];
        }
    }
}
