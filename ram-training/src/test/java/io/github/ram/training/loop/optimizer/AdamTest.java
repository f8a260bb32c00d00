package io.github.ram.training.loop.optimizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.ram.model.ImageShape;
import io.github.ram.model.ParameterGroup;
import io.github.ram.model.ram.network.GlimpseConfig;
import io.github.ram.model.ram.network.HiddenSizes;
import io.github.ram.model.ram.network.RamConfig;
import io.github.ram.model.ram.network.Weights;
import io.github.ram.training.TrainingException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdamTest {

    private static final String BIAS = "baseliner.fc.bias";

    private final Weights weights = Weights.initial(
            new RamConfig(
                    new ImageShape(1, 1, 1),
                    new GlimpseConfig(1, 1, 1, 1),
                    RamConfig.Core.RELU,
                    new HiddenSizes(1, 1, 1, 1, 1),
                    0.1,
                    2),
            1);

    private static void step(Optimizer adam, Weights weights, double gradient, double learningRate) {
        Map<String, float[]> gradients = new HashMap<>();
        weights.arrays().forEach((name, array) -> gradients.put(name, new float[(int) array.length()]));
        gradients.get(BIAS)[0] = (float) gradient;
        adam.step(gradients, learningRate);
    }

    private static Optimizer adam(Weights weights) {
        List<ParameterGroup> all =
                List.of(new ParameterGroup("all", weights.arrays().keySet(), 1, true));
        return new Optimizer(OptimizerConfig.ADAM, weights.parameters(), all);
    }

    private double bias() {
        return weights.arrays().get(BIAS).getDouble(0);
    }

    @Test
    void threeStepsFollowThePublishedFormula() {
        Optimizer adam = adam(weights);

        // m = 0.05, v = 0.00025: m / (1 - 0.9) = 0.5 and v / (1 - 0.999) = 0.25, so the step is 0.1 · 1.
        step(adam, weights, 0.5, 0.1);
        assertEquals(-0.1, bias(), 1e-5);

        // m = 0.02, v = 0.00031225: 0.02 / 0.19 = 0.1052632, √(0.00031225 / 0.001999) = 0.3952231.
        step(adam, weights, -0.25, 0.1);
        assertEquals(-0.1 - 0.0266339, bias(), 1e-5);

        // m = 0.0305, v = 0.000327562...: 0.0305 / 0.271 = 0.1125461, √(0.00032756275 / 0.002997001) = 0.3305994.
        step(adam, weights, 0.125, 0.01);
        assertEquals(-0.1266339 - 0.0034043, bias(), 1e-5);
    }

    @Test
    void epsilonIsAddedToTheRootBeforeItsBiasIsTakenOut() {
        Optimizer adam = adam(weights);

        // ε̂ of the paper's section 2. With √v = √0.001 · 1e-7 = 3.162e-9 the step is 3.162e-9 / (3.162e-9 + 1e-8).
        // Added after the bias is taken out, ε would make it 1e-7 / (1e-7 + 1e-8) = 0.909.
        step(adam, weights, 1e-7, 1);

        assertEquals(-0.2403, bias(), 1e-4);
    }

    @Test
    void weightsWithoutAGradientStayWhereTheyAre() {
        float before = weights.arrays().get("locator.fc.weight").getFloat(0);
        Optimizer adam = adam(weights);

        step(adam, weights, 0.5, 0.1);

        assertEquals(before, weights.arrays().get("locator.fc.weight").getFloat(0));
    }

    @Test
    void theStateIsTheStepsAndBothMomentsOfEveryWeight() {
        Optimizer adam = adam(weights);
        step(adam, weights, 0.5, 0.1);
        step(adam, weights, -0.25, 0.1);

        ByteBuffer state = ByteBuffer.wrap(adam.state()).order(ByteOrder.LITTLE_ENDIAN);

        int count = 25; // 2, 3, 2, 2, 2, 2, 2, 4, 2 and 4 in the ten layers
        assertEquals(4 + 2 * 4 * count, state.capacity());
        assertEquals(2, state.getInt(0));
        int bias = 20; // where baseliner.fc.bias lies among them
        assertEquals(0.02, state.getFloat(4 + 4 * bias), 1e-6);
        assertEquals(0.00031225, state.getFloat(4 + 4 * (count + bias)), 1e-8);
    }

    @Test
    void aRestoredOptimizerGoesOnBitForBit() {
        Optimizer unbroken = adam(weights);
        step(unbroken, weights, 0.5, 0.1);
        step(unbroken, weights, -0.3, 0.1);
        Weights copy = weights.copy();
        Optimizer restored = adam(copy);
        restored.restore(unbroken.state());

        step(unbroken, weights, 0.7, 0.05);
        step(restored, copy, 0.7, 0.05);

        assertEquals(weights.arrays(), copy.arrays());
        assertArrayEquals(unbroken.state(), restored.state());
    }

    @Test
    void aStateOfAnotherModelIsRefused() {
        Optimizer adam = adam(weights);

        var refusal = assertThrows(TrainingException.class, () -> adam.restore(new byte[203]));

        assertEquals("the optimizer's state has 203 bytes, this model needs 204", refusal.getMessage());
    }
}
