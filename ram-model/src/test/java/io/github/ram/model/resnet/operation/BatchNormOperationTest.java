package io.github.ram.model.resnet.operation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.ram.model.graph.Backend;
import io.github.ram.model.graph.GraphPlan;
import io.github.ram.model.resnet.network.BatchNorm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Values by hand. Two images of two channels and two positions: channel 0 holds 1, 3, 5, 7, channel 1 only 2. */
class BatchNormOperationTest {

    private static final float[] X = {1, 3, 2, 2, 5, 7, 2, 2};

    @BeforeAll
    static void startBackend() {
        Backend.initialise();
    }

    @Test
    void theStatisticsAreThoseOfEachChannelOfTheBatch() {
        GraphPlan plan = plan(X, BatchNorm.Over.CHANNELS, false, 2);

        assertArrayEquals(new float[] {4, 2}, plan.output("mean").toFloatVector());
        assertArrayEquals(new float[] {5, 0}, plan.output("variance").toFloatVector());
        // 2·(x − 4)/√5 + 10, and 2·0 + 10
        assertArrayEquals(
                new float[] {7.316719f, 9.105573f, 10, 10, 10.894427f, 12.683281f, 10, 10},
                plan.output("y").reshape(-1).toFloatVector(),
                1e-5f);
    }

    @Test
    void theStatisticsOfPositionsAreOverChannelsAndBatch() {
        GraphPlan plan = plan(X, BatchNorm.Over.POSITIONS, false, 2);

        assertArrayEquals(new float[] {2.5f, 3.5f}, plan.output("mean").toFloatVector());
        assertArrayEquals(new float[] {2.25f, 4.25f}, plan.output("variance").toFloatVector());
    }

    @Test
    void aMeanFarFromZeroCostsNoPrecision() {
        float[] far = new float[X.length];
        for (int i = 0; i < X.length; i++) {
            far[i] = X[i] + 1_000_000;
        }
        GraphPlan plan = plan(far, BatchNorm.Over.CHANNELS, false, 2);

        assertArrayEquals(
                new float[] {1_000_004, 1_000_002}, plan.output("mean").toFloatVector());
        assertArrayEquals(new float[] {5, 0}, plan.output("variance").toFloatVector());
    }

    @Test
    void reluCutsWhatIsNegative() {
        GraphPlan plan = plan(X, BatchNorm.Over.CHANNELS, true, 2, 0);

        assertArrayEquals(
                new float[] {0, 0, 0, 0, 0.894427f, 2.683281f, 0, 0},
                plan.output("y").reshape(-1).toFloatVector(),
                1e-5f);
    }

    @Test
    void oneValueOfAFeatureIsNothingToTrainOn() {
        SameDiff graph = SameDiff.create();
        SDVariable x = graph.var("x", Nd4j.ones(DataType.FLOAT, 1, 3, 1, 1));
        SDVariable ones = graph.var("ones", Nd4j.ones(DataType.FLOAT, 3));
        new BatchNormOperation(x, ones, ones, BatchNorm.Over.CHANNELS, false)
                .outputVariable()
                .rename("y");

        assertEquals(
                "batch normalisation needs at least 2 values of each feature to train on, got 1: use a larger batch",
                assertThrows(IllegalArgumentException.class, () -> new GraphPlan(graph, Map.of(), List.of("y")))
                        .getMessage());
    }

    @Test
    void parametersOfAnotherSizeAreRefused() {
        SameDiff graph = SameDiff.create();
        SDVariable x = graph.var("x", Nd4j.ones(DataType.FLOAT, 2, 3, 1, 1));
        SDVariable ones = graph.var("ones", Nd4j.ones(DataType.FLOAT, 2));
        new BatchNormOperation(x, ones, ones, BatchNorm.Over.CHANNELS, false)
                .outputVariable()
                .rename("y");

        assertEquals(
                "resnet_batch_norm: input 1 must be [3] for x of [2, 3, 1, 1], got [2]",
                assertThrows(IllegalArgumentException.class, () -> new GraphPlan(graph, Map.of(), List.of("y")))
                        .getMessage());
    }

    private static GraphPlan plan(float[] values, BatchNorm.Over over, boolean relu, float gamma) {
        return plan(values, over, relu, gamma, 10);
    }

    private static GraphPlan plan(float[] values, BatchNorm.Over over, boolean relu, float gamma, float beta) {
        SameDiff graph = SameDiff.create();
        SDVariable[] outputs = new BatchNormOperation(
                        graph.var("x", array(values)),
                        graph.var("gamma", Nd4j.createFromArray(gamma, gamma)),
                        graph.var("beta", Nd4j.createFromArray(beta, beta)),
                        over,
                        relu)
                .outputVariables();
        List<String> names = List.of("y", "mean", "variance");
        for (int i = 0; i < names.size(); i++) {
            outputs[i].rename(names.get(i));
        }
        return new GraphPlan(graph, Map.of(), names);
    }

    private static INDArray array(float[] values) {
        INDArray array = Nd4j.create(DataType.FLOAT, 2, 2, 1, 2);
        array.assign(Nd4j.createFromArray(values).reshape(2, 2, 1, 2));
        return array;
    }
}
