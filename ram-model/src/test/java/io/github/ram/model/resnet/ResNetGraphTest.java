package io.github.ram.model.resnet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.ram.model.graph.Backend;
import io.github.ram.model.graph.GraphPlan;
import io.github.ram.model.resnet.network.Attention;
import io.github.ram.model.resnet.network.ReferenceOperations;
import io.github.ram.model.resnet.network.ResNet;
import io.github.ram.model.resnet.network.ResNetConfig;
import io.github.ram.model.resnet.network.Stem;
import io.github.ram.model.resnet.network.TestNets;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Both graphs of whole networks against plain loops of double precision. */
class ResNetGraphTest {

    private static final int BATCH = 4;
    private static final int[] LABELS = {3, 0, 4, 1};

    @BeforeAll
    static void startBackend() {
        Backend.initialise();
    }

    @ParameterizedTest
    @MethodSource("io.github.ram.model.resnet.network.TestNets#ofEveryKind")
    void evaluationUsesTheRunningStatistics(ResNetConfig spec) {
        Map<String, double[]> values = TestNets.values(spec, 5);
        for (int batch : new int[] {1, BATCH}) {
            INDArray images = TestNets.images(spec, batch, 6);
            GraphPlan plan = new GraphPlan(
                    EvaluationGraph.build(spec, TestNets.arrays(spec, values)),
                    Map.of(ResNet.IMAGES, images),
                    List.of(EvaluationGraph.LOGITS));

            double[] expected = logits(spec, values, images, false);
            double[] actual = TestNets.doubles(plan.output(EvaluationGraph.LOGITS));
            assertArrayEquals(expected, actual, 1e-4 * largest(expected));
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.ram.model.resnet.network.TestNets#ofEveryKind")
    void trainingUsesTheStatisticsOfTheBatch(ResNetConfig spec) {
        ResNetObjective objective = new ResNetObjective(0.1, 0.01, true);
        Map<String, double[]> values = TestNets.values(spec, 7);
        INDArray images = TestNets.images(spec, BATCH, 8);
        GraphPlan plan = new GraphPlan(
                TrainingGraph.of(spec, objective, TestNets.arrays(spec, values)).graph(),
                Map.of(ResNet.IMAGES, images, TrainingGraph.LABELS, labels(spec)),
                List.of(TrainingGraph.LOSS));

        assertEquals(
                loss(spec, objective, values, images),
                plan.output(TrainingGraph.LOSS).getDouble(0),
                1e-4);
    }

    @Test
    void aSavedInferenceGraphRunsInSameDiffsSessionAsInAPlan(@TempDir Path directory) throws IOException {
        ResNetConfig spec = TestNets.spec(20, Stem.SMALL, 2, Attention.NAM_BOTH, null);
        SameDiff graph = EvaluationGraph.build(spec, TestNets.arrays(spec, TestNets.values(spec, 5)));
        File file = directory.resolve("graph").toFile();
        graph.save(file, false);
        INDArray images = TestNets.images(spec, 2, 6);

        INDArray loaded = SameDiff.load(file, false).outputSingle(Map.of(ResNet.IMAGES, images), ResNet.PROBABILITIES);
        GraphPlan plan = new GraphPlan(graph, Map.of(ResNet.IMAGES, images), List.of(ResNet.PROBABILITIES));
        assertArrayEquals(TestNets.doubles(plan.output(ResNet.PROBABILITIES)), TestNets.doubles(loaded), 1e-6);
    }

    private static double loss(
            ResNetConfig spec, ResNetObjective objective, Map<String, double[]> values, INDArray images) {
        double[] logits = logits(spec, values, images, true);
        int classes = spec.classes();
        double loss = 0;
        for (int b = 0; b < BATCH; b++) {
            double sum = 0;
            for (int c = 0; c < classes; c++) {
                sum += Math.exp(logits[b * classes + c]);
            }
            for (int c = 0; c < classes; c++) {
                double wanted =
                        objective.labelSmoothing() / classes + (c == LABELS[b] ? 1 - objective.labelSmoothing() : 0);
                loss -= wanted * (logits[b * classes + c] - Math.log(sum)) / BATCH;
            }
        }
        for (Map.Entry<String, double[]> parameter : values.entrySet()) {
            if (parameter.getKey().matches(".*\\.nam\\..*\\.weight")) {
                for (double scale : parameter.getValue()) {
                    loss += objective.sparsity() * Math.abs(scale);
                }
            }
        }
        return loss;
    }

    private static double[] logits(ResNetConfig spec, Map<String, double[]> values, INDArray images, boolean training) {
        return new ResNet(spec)
                .logits(new ReferenceOperations(values, training), TestNets.maps(images))
                .values();
    }

    private static INDArray labels(ResNetConfig spec) {
        INDArray labels = Nd4j.zeros(DataType.FLOAT, BATCH, spec.classes());
        for (int b = 0; b < BATCH; b++) {
            labels.putScalar(b, LABELS[b], 1);
        }
        return labels;
    }

    private static double largest(double[] values) {
        double largest = 1;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
