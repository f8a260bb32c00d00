package io.github.ram.model.ram.gradient;

import io.github.ram.model.ram.rollout.Matrix;

/**
 * The rows of n rollouts in several steps. One matrix has all steps, and one matrix per step shares its memory.
 *
 * @param all [steps·n, width], step after step
 * @param parts one step each [n, width]
 */
record Sequence(Matrix all, Matrix[] parts) {

    static Sequence zeros(int steps, int n, int width) {
        return of(Matrix.zeros(steps * n, width), steps);
    }

    private static Sequence of(Matrix all, int steps) {
        int n = all.rows() / steps;
        Matrix[] parts = new Matrix[steps];
        for (int t = 0; t < steps; t++) {
            parts[t] = all.rows(t * n, n);
        }
        return new Sequence(all, parts);
    }

    int steps() {
        return parts.length;
    }

    /** The rows of step t, from 0. */
    Matrix at(int t) {
        return parts[t];
    }

    /** The steps [from, to), in the same memory. */
    Sequence span(int from, int to) {
        int n = all.rows() / parts.length;
        return of(all.rows(from * n, (to - from) * n), to - from);
    }
}
