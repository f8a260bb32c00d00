package io.github.ram.model.ram.rollout;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SquashTest {

    @Test
    void tanhIsWithinFourTenMillionthsOfTheTrueValue() {
        for (int i = -120_000; i <= 120_000; i++) {
            float x = i / 10_000f;
            assertEquals(Math.tanh(x), tanh(x), 4e-7 * Math.max(1e-3, Math.abs(Math.tanh(x))), "x = " + x);
        }
    }

    @Test
    void tanhOfTinyValuesIsTheValueItself() {
        for (float x : new float[] {0, 1e-30f, -1e-30f, 1e-5f, -1e-5f}) {
            assertEquals(x, tanh(x), Math.abs(x) * 2e-7f);
        }
    }

    @Test
    void sigmoidIsWithinFourTenMillionthsOfTheTrueValue() {
        for (int i = -300_000; i <= 300_000; i++) {
            float x = i / 10_000f;
            assertEquals(1 / (1 + Math.exp(-x)), sigmoid(x), 4e-7, "x = " + x);
        }
    }

    @Test
    void hugeValuesSaturateAndNothingElseDoes() {
        assertEquals(1, tanh(Float.POSITIVE_INFINITY), 4e-7);
        assertEquals(-1, tanh(Float.NEGATIVE_INFINITY), 4e-7);
        assertEquals(0, sigmoid(Float.NEGATIVE_INFINITY), 4e-7);
        assertTrue(Float.isNaN(tanh(Float.NaN)));
        assertTrue(Float.isNaN(sigmoid(Float.NaN)));
    }

    @Test
    void onlyTheNamedPartOfAnArrayChanges() {
        float[] x = {9, 0, 0, 9};
        Squash.sigmoid(x, 1, 3);
        assertArrayEquals(new float[] {9, 0.5f, 0.5f, 9}, x);
        float[] y = {7, 7, 7};
        Squash.tanh(x, 1, y, 2, 1);
        assertArrayEquals(new float[] {7, 7, 0.46211717f}, y, 4e-7f);
    }

    private static float tanh(float x) {
        float[] y = new float[1];
        Squash.tanh(new float[] {x}, 0, y, 0, 1);
        return y[0];
    }

    private static float sigmoid(float x) {
        float[] y = {x};
        Squash.sigmoid(y, 0, 1);
        return y[0];
    }
}
