package io.github.ram.model.ram.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.ram.LearningGraph;
import io.github.ram.model.ram.RolloutGraph;
import io.github.ram.model.ram.TestArrays;
import io.github.ram.model.ram.TestModels;
import io.github.ram.model.ram.gradient.LossWeights;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class WeightsTest {

    private static final RamConfig TINY = TestModels.TINY;

    @Test
    void aSeedGivesTheSameWeightsOnEveryMachine() {
        float[] first = TestArrays.values(Weights.initial(TINY, 1).arrays().get("sensor.fc1.weight"));
        assertArrayEquals(
                new float[] {0.06656157f, 0.24578176f, 0.47100276f, -0.055640783f}, Arrays.copyOf(first, 4), 1e-7f);
        assertNotEquals(
                Weights.initial(TINY, 1).arrays().get("sensor.fc1.weight"),
                Weights.initial(TINY, 2).arrays().get("sensor.fc1.weight"));
    }

    @Test
    void initialWeightsFillTheirRangeAndBiasesAreZero() {
        Map<String, INDArray> arrays = Weights.initial(TestModels.MNIST, 1).arrays();
        assertRange(0.1250, arrays.get("sensor.fc1.weight"));
        assertRange(0.0625, arrays.get("sensor.fc3.weight"));
        assertRange(0.0442, arrays.get("rnn.h2h.weight"));
        assertRange(0.0884, arrays.get("locator.fc_lt.weight"));
        assertRange(0.0625, arrays.get("classifier.fc.weight"));
        assertEquals(0, arrays.get("rnn.h2h.bias").norm1Number().doubleValue());
    }

    @Test
    void theLayersStandInTheOrderOfTheForwardPass() {
        assertEquals(
                List.of(
                        "sensor.fc1 64×128",
                        "sensor.fc2 2×128",
                        "sensor.fc3 128×256",
                        "sensor.fc4 128×256",
                        "rnn.i2h 256×256",
                        "rnn.h2h 256×256",
                        "locator.fc 256×128",
                        "locator.fc_lt 128×2",
                        "baseliner.fc 256×1",
                        "classifier.fc 256×10"),
                Weights.layers(TestModels.MNIST).stream()
                        .map(layer -> layer.name() + " " + layer.in() + "×" + layer.out())
                        .toList());
        assertEquals(242_317, Weights.initial(TestModels.MNIST, 1).count());
    }

    @Test
    void theGatesOfAnLstmStandSideBySide() {
        RamConfig config = TestModels.withLstm(TestModels.MNIST);
        assertEquals(
                List.of("rnn.i2h 256×1024", "rnn.h2h 256×1024"),
                Weights.layers(config).subList(4, 6).stream()
                        .map(layer -> layer.name() + " " + layer.in() + "×" + layer.out())
                        .toList());
        assertEquals(637_069, Weights.initial(config, 1).count());
    }

    @Test
    void aFreshLstmRemembers() {
        Map<String, INDArray> arrays =
                Weights.initial(TestModels.withLstm(TestModels.MNIST), 1).arrays();
        assertArrayEquals(gates(0, 1, 0, 0), TestArrays.values(arrays.get("rnn.i2h.bias")));
        assertEquals(0, arrays.get("rnn.h2h.bias").norm1Number().doubleValue());
        assertRange(0.0442, arrays.get("rnn.i2h.weight")); // 1/√(256 + 256)
        assertRange(0.0442, arrays.get("rnn.h2h.weight"));
    }

    static Stream<Weights> origins() throws Exception {
        Weights initial = Weights.initial(TINY, 1);
        Map<String, INDArray> flat = new HashMap<>(initial.arrays());
        flat.replaceAll((name, array) -> name.endsWith(".bias") ? array.reshape(array.length()) : array.dup('f'));
        SameDiff graph = SameDiff.fromFlatBuffers(RolloutGraph.build(initial, 0).asFlatBuffers(false));
        return Stream.of(initial, initial.copy(), Weights.of(TINY, flat), Weights.of(TINY, graph));
    }

    @ParameterizedTest
    @MethodSource("origins")
    void graphsShareTheirArrays(Weights weights) {
        SameDiff rollout = RolloutGraph.build(weights, 0);
        SameDiff learning = LearningGraph.build(weights, new LossWeights(0, 0.01, true));
        weights.arrays().forEach((name, array) -> {
            assertSame(array, rollout.getVariable(name).getArr(), name);
            assertSame(array, learning.getVariable(name).getArr(), name);
        });
    }

    @ParameterizedTest
    @MethodSource("origins")
    void everyOriginGivesTheSameValuesInTheSameLayout(Weights weights) {
        Weights.initial(TINY, 1).arrays().forEach((name, array) -> {
            TestArrays.assertBits(array, weights.arrays().get(name), name);
            assertEquals('c', weights.arrays().get(name).ordering(), name);
        });
    }

    @Test
    void aCopyAndGivenArraysAreIndependent() {
        Weights weights = Weights.initial(TINY, 1);
        Weights copy = weights.copy();
        Weights given = Weights.of(TINY, weights.arrays());
        weights.arrays().values().forEach(array -> array.assign(5));
        assertEquals(0.06656157f, copy.arrays().get("sensor.fc1.weight").getFloat(0));
        assertEquals(0.06656157f, given.arrays().get("sensor.fc1.weight").getFloat(0));
    }

    @Test
    void otherNumberTypesAreTakenOver() {
        Map<String, INDArray> arrays = new HashMap<>(Weights.initial(TINY, 1).arrays());
        arrays.replaceAll((name, array) -> array.castTo(DataType.DOUBLE));
        assertEquals(
                DataType.FLOAT,
                Weights.of(TINY, arrays).arrays().get("rnn.h2h.weight").dataType());
    }

    @Test
    void whatDoesNotFitIsNamedWithBothShapes() {
        assertRefused(
                "weights rnn.h2h.weight must have shape [4, 4], got nothing",
                arrays -> arrays.remove("rnn.h2h.weight"));
        assertRefused(
                "weights sensor.fc4.weight must have shape [3, 5], got FLOAT [5, 3]",
                arrays -> arrays.computeIfPresent("sensor.fc4.weight", (name, array) -> array.transpose()));
        assertRefused(
                "weights rnn.h2h.bias must have shape [1, 4], got FLOAT [5]",
                arrays -> arrays.put("rnn.h2h.bias", Nd4j.zeros(DataType.FLOAT, 5)));
        String message = refusal(arrays -> arrays.put("rnn.gate", Nd4j.zeros(1)));
        assertTrue(message.startsWith("unknown weights [rnn.gate]; the model has [sensor.fc1.weight, "), message);
    }

    @Test
    void aGraphWithoutTheWeightsIsRefused() {
        SameDiff graph = RolloutGraph.build(Weights.initial(TINY, 1), 0);
        String message = assertThrows(IllegalArgumentException.class, () -> Weights.of(TestModels.ODD, graph))
                .getMessage();
        assertEquals("the graph must hold sensor.fc1.weight as FLOAT [81, 12], got FLOAT [4, 4]", message);
    }

    /** Gates of 256 equal values each. */
    private static float[] gates(float... values) {
        float[] gates = new float[256 * values.length];
        for (int i = 0; i < gates.length; i++) {
            gates[i] = values[i / 256];
        }
        return gates;
    }

    private static void assertRange(double limit, INDArray array) {
        assertEquals(limit, array.maxNumber().doubleValue(), 0.02 * limit);
        assertEquals(-limit, array.minNumber().doubleValue(), 0.02 * limit);
    }

    private static void assertRefused(String message, Consumer<Map<String, INDArray>> change) {
        assertEquals(message, refusal(change));
    }

    private static String refusal(Consumer<Map<String, INDArray>> change) {
        Map<String, INDArray> arrays = new HashMap<>(Weights.initial(TINY, 1).arrays());
        change.accept(arrays);
        return assertThrows(IllegalArgumentException.class, () -> Weights.of(TINY, arrays))
                .getMessage();
    }
}
