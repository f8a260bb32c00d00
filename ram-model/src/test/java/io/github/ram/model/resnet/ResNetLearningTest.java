package io.github.ram.model.resnet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.EngineChoice;
import io.github.ram.model.Learning;
import io.github.ram.model.LossTerms;
import io.github.ram.model.Normalisation;
import io.github.ram.model.Parameter;
import io.github.ram.model.ParameterGroup;
import io.github.ram.model.Parameters;
import io.github.ram.model.graph.Backend;
import io.github.ram.model.resnet.network.Addition;
import io.github.ram.model.resnet.network.Attention;
import io.github.ram.model.resnet.network.NonLocal;
import io.github.ram.model.resnet.network.Stem;
import io.github.ram.model.resnet.network.TestNets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class ResNetLearningTest {

    private static final int[] LABELS = {0, 1, 2, 3, 4, 0};

    @BeforeAll
    static void startBackend() {
        Backend.initialise();
    }

    @Test
    void stepsAgainstTheGradientLowerTheLoss() {
        ResNetSpec model = model(Attention.NAM_BOTH, Addition.of(2, NonLocal.of(NonLocal.Kind.EMBEDDED_GAUSSIAN)));
        Parameters parameters = model.initial(1);
        Learning.Examples examples = examples(model);
        try (Learning learning = model.learning(ResNetObjective.PLAIN, EngineChoice.AUTO, parameters)) {
            double first = learning.learn(examples, new SplittableRandom(1)).get(LossTerms.LOSS);
            LossTerms terms = LossTerms.NONE;
            for (int step = 0; step < 20; step++) {
                parameters.list().stream()
                        .filter(Parameter::trainable)
                        .map(Parameter::name)
                        .forEach(name -> parameters
                                .arrays()
                                .get(name)
                                .subi(learning.gradient(name).mul(0.05)));
                terms = learning.learn(examples, new SplittableRandom(1));
            }
            assertTrue(terms.get(LossTerms.LOSS) < 0.8 * first, "from " + first + " to " + terms);
        }
    }

    @Test
    void runningStatisticsMoveATenthOfTheWayToThoseOfTheBatch() {
        ResNetSpec model = model(Attention.NONE, null);
        Parameters parameters = model.initial(1);
        parameters.arrays().get("conv1.weight").assign(0);
        parameters.arrays().get("bn1.bias").assign(3);
        parameters.arrays().get("bn1.running_mean").assign(5);
        try (Learning learning = model.learning(ResNetObjective.PLAIN, EngineChoice.AUTO, parameters)) {
            learning.learn(examples(model), new SplittableRandom(1));

            // The first convolution gives 0 everywhere: mean 0, variance 0.
            assertArrayEquals(new float[] {4.5f, 4.5f}, floats(learning, "bn1.running_mean"), 1e-6f);
            assertArrayEquals(new float[] {0.9f, 0.9f}, floats(learning, "bn1.running_var"), 1e-6f);
            assertEquals(5, parameters.arrays().get("bn1.running_mean").getDouble(0)); // the caller decides
        }
    }

    @Test
    void aRunningVarianceIsUnbiased() {
        ResNetSpec model = model(Attention.NONE, null);
        Parameters parameters = model.initial(1);
        INDArray kernel = parameters.arrays().get("conv1.weight").assign(0);
        kernel.putScalar(new long[] {0, 0, 1, 1}, 1); // channel 0 of the result is channel 0 of the image
        Learning.Examples examples = examples(model);
        double sum = 0;
        double squares = 0;
        int values = LABELS.length * 9 * 7;
        for (int i = 0; i < values; i++) {
            sum += examples.images()[3 * i];
            squares += examples.images()[3 * i] * (double) examples.images()[3 * i];
        }
        double unbiased = (squares - sum * sum / values) / (values - 1);
        try (Learning learning = model.learning(ResNetObjective.PLAIN, EngineChoice.AUTO, parameters)) {
            learning.learn(examples, new SplittableRandom(1));
            assertEquals(0.9 + 0.1 * unbiased, floats(learning, "bn1.running_var")[0], 1e-6);
        }
    }

    @Test
    void sparsityAddsTheScalesOfAttentionAlone() {
        ResNetSpec model = model(Attention.NAM, null);
        Parameters parameters = model.initial(1);
        try (Learning learning = model.learning(new ResNetObjective(0, 0.01, true), EngineChoice.AUTO, parameters)) {
            LossTerms terms = learning.learn(examples(model), new SplittableRandom(1));

            assertEquals(
                    List.of("loss", "classificationLoss", "sparsityLoss", "accuracy"),
                    new ArrayList<>(terms.values().keySet()));
            assertEquals(3 * (2 + 4 + 8), terms.get("sparsityLoss"), 1e-4); // every scale starts at 1
            assertEquals(terms.get("classificationLoss") + 0.42, terms.get("loss"), 1e-4);
        }
    }

    @Test
    void withoutTheGradientOfAttentionOnlyTheNormalisationTrainsItsScales() {
        ResNetSpec model = model(Attention.NAM, null);
        String scale = "layer3.2.nam.Channel_Att.bn2.weight";
        double[] norms = new double[2];
        for (int i = 0; i < 2; i++) {
            try (Learning learning =
                    model.learning(new ResNetObjective(0, 0, i == 0), EngineChoice.AUTO, model.initial(1))) {
                learning.learn(examples(model), new SplittableRandom(1));
                norms[i] = learning.gradient(scale).norm2Number().doubleValue();
            }
        }
        assertTrue(Math.abs(norms[0] - norms[1]) > 1e-6, norms[0] + " and " + norms[1]);
        assertTrue(norms[1] > 0);
    }

    @Test
    void kernelsDecayAndScalesDoNot() {
        ResNetSpec model = model(Attention.NAM, null);
        try (Learning learning = model.learning(ResNetObjective.PLAIN, EngineChoice.AUTO, model.initial(1))) {
            List<ParameterGroup> groups = learning.groups();
            assertEquals(
                    List.of("kernels", "scales"),
                    groups.stream().map(ParameterGroup::name).toList());
            assertEquals(
                    List.of(true, false),
                    groups.stream().map(ParameterGroup::decayed).toList());
            assertTrue(groups.get(0).parameters().containsAll(Set.of("conv1.weight", "fc.weight")));
            assertTrue(groups.get(1).parameters().containsAll(Set.of("bn1.weight", "bn1.bias", "fc.bias")));
        }
    }

    private static ResNetSpec model(Attention attention, Addition addition) {
        return new ResNetSpec(
                TestNets.spec(20, Stem.SMALL, 2, attention, addition),
                Normalisation.background(0.5, 0.25),
                List.of("0", "1", "2", "3", "4"));
    }

    private static Learning.Examples examples(ResNetSpec model) {
        float[] images =
                TestNets.images(model.network(), LABELS.length, 2).reshape(-1).toFloatVector();
        return new Learning.Examples(images, LABELS, LABELS.length);
    }

    private static float[] floats(Learning learning, String statistic) {
        return learning.statistic(statistic).toFloatVector();
    }
}
