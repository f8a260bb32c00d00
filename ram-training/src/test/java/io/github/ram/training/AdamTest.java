package io.github.ram.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.ram.model.GlimpseConfig;
import io.github.ram.model.HiddenSizes;
import io.github.ram.model.ImageShape;
import io.github.ram.model.RamConfig;
import io.github.ram.model.Weights;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class AdamTest {

    private static final String BIAS = "baseliner.fc.bias";

    private final Weights weights = Weights.initial(
            new RamConfig(
                    new ImageShape(1, 1, 1), new GlimpseConfig(1, 1, 1, 1), new HiddenSizes(1, 1, 1, 1, 1), 0.1, 2),
            1);

    private static void step(Adam adam, Weights weights, double gradient, double learningRate) {
        Map<String, INDArray> gradients = new HashMap<>();
        weights.arrays().forEach((name, array) -> gradients.put(name, Nd4j.zeros(DataType.FLOAT, array.shape())));
        gradients.get(BIAS).assign(gradient);
        adam.step(gradients, learningRate);
    }

    private double bias() {
        return weights.arrays().get(BIAS).getDouble(0);
    }

    @Test
    void threeStepsFollowThePublishedFormula() {
        Adam adam = new Adam(weights);

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
}
