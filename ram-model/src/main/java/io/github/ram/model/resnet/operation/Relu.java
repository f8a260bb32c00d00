package io.github.ram.model.resnet.operation;

/** relu and its gradient on arrays, without a branch, so that the JIT compiler makes vector instructions of them. */
final class Relu {

    /** Makes 1 or more of every positive number that is not subnormal. */
    private static final float TO_ONE = 0x1p126f;

    private Relu() {}

    /** max(x, 0), into x. */
    static void of(float[] x) {
        for (int i = 0; i < x.length; i++) {
            x[i] = Math.max(x[i], 0);
        }
    }

    /** max(x + y, 0), into x. */
    static void ofSum(float[] x, float[] y) {
        for (int i = 0; i < x.length; i++) {
            x[i] = Math.max(x[i] + y[i], 0);
        }
    }

    /** Multiplies a gradient by 1 where relu's result is above 0, and by 0 elsewhere. */
    static void mask(float[] gradient, float[] result) {
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] *= Math.min(result[i] * TO_ONE, 1);
        }
    }
}
