package io.github.ram.model.resnet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.ram.model.ImageShape;
import io.github.ram.model.graph.Backend;
import io.github.ram.model.graph.GraphPlan;
import io.github.ram.model.resnet.network.Addition;
import io.github.ram.model.resnet.network.Attention;
import io.github.ram.model.resnet.network.Layout;
import io.github.ram.model.resnet.network.NonLocal;
import io.github.ram.model.resnet.network.ResNet;
import io.github.ram.model.resnet.network.ResNetConfig;
import io.github.ram.model.resnet.network.Stem;
import io.github.ram.model.resnet.network.TestNets;
import io.github.ram.model.resnet.network.Trunk;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Whole networks against the numbers that PyTorch 2.15 computed, in double precision, from the same parameters. */
class PyTorchTest {

    @BeforeAll
    static void startBackend() {
        Backend.initialise();
    }

    static Stream<Arguments> networks() {
        return Stream.of(
                Arguments.of(
                        spec(20, 2, Stem.SMALL, Attention.NAM_BOTH, null),
                        new double[] {402.349674, -263.646852, -811.310965, 353.857398, -231.964932, -713.675857},
                        1.119701,
                        5111),
                Arguments.of(
                        spec(18, 2, Stem.LARGE, Attention.NONE, addition(1, NonLocal.Kind.DOT_PRODUCT)),
                        new double[] {-2.408063, 0.449872, 3.129626, -2.408063, 0.449872, 3.129626},
                        0.913795,
                        11558),
                Arguments.of(
                        spec(50, 1, Stem.SMALL, Attention.NAM, addition(1, NonLocal.Kind.EMBEDDED_GAUSSIAN)),
                        new double[] {-612.22523, 357.436063, -42.111976, -612.395306, 357.550339, -42.151614},
                        2.340591,
                        7202),
                Arguments.of(
                        spec(20, 2, Stem.SMALL, Attention.NONE, addition(2, NonLocal.Kind.CONCATENATION)),
                        new double[] {891.632875, -766.591764, -2080.727991, 836.793476, -718.380715, -1951.106902},
                        1.302058,
                        4547),
                Arguments.of(
                        spec(20, 4, Stem.SMALL, Attention.NAM_PIXEL, addition(2, NonLocal.Kind.GAUSSIAN)),
                        new double[] {
                            50122.901332, -141581.339368, -107605.763457, 53891.013268, -151779.368534, -115514.374437
                        },
                        1.830114,
                        18109));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void theSameParametersGiveTheSameNumbers(ResNetConfig spec, double[] logits, double loss, long trainable) {
        assertEquals(trainable, Layout.of(spec).count(true));
        Map<String, INDArray> parameters = TestNets.sines(spec);
        INDArray images = Nd4j.createFromArray(IntStream.range(0, 2 * 9 * 7 * 3)
                        .mapToDouble(i -> Math.sin(0.3 * i))
                        .toArray())
                .castTo(DataType.FLOAT)
                .reshape(2, 9, 7, 3);

        GraphPlan evaluation = new GraphPlan(
                EvaluationGraph.build(spec, parameters),
                Map.of(ResNet.IMAGES, images),
                List.of(EvaluationGraph.LOGITS));
        double largest = IntStream.range(0, logits.length)
                .mapToDouble(i -> Math.abs(logits[i]))
                .max()
                .orElseThrow();
        assertArrayEquals(logits, TestNets.doubles(evaluation.output(EvaluationGraph.LOGITS)), 1e-4 * largest);

        INDArray labels = Nd4j.createFromArray(new float[][] {{0, 0, 1}, {1, 0, 0}});
        GraphPlan training = new GraphPlan(
                TrainingGraph.of(spec, ResNetObjective.PLAIN, parameters).graph(),
                Map.of(ResNet.IMAGES, images, TrainingGraph.LABELS, labels),
                List.of(TrainingGraph.LOSS));
        assertEquals(loss, training.output(TrainingGraph.LOSS).getDouble(0), 5e-3);
    }

    private static ResNetConfig spec(int depth, int width, Stem stem, Attention attention, Addition addition) {
        return new ResNetConfig(
                new ImageShape(9, 7, 3), new Trunk(depth, stem, width), attention, Optional.ofNullable(addition), 3);
    }

    private static Addition addition(int stage, NonLocal.Kind kind) {
        return Addition.of(stage, NonLocal.of(kind));
    }
}
