package io.github.ram.model.resnet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.ram.model.AttentionMap;
import io.github.ram.model.Classifier;
import io.github.ram.model.EngineChoice;
import io.github.ram.model.ModelWeights;
import io.github.ram.model.Normalisation;
import io.github.ram.model.Parameters;
import io.github.ram.model.Prediction;
import io.github.ram.model.Query;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.model.checkpoint.Provenance;
import io.github.ram.model.graph.Backend;
import io.github.ram.model.resnet.network.Addition;
import io.github.ram.model.resnet.network.Attention;
import io.github.ram.model.resnet.network.NonLocal;
import io.github.ram.model.resnet.network.ResNetConfig;
import io.github.ram.model.resnet.network.Stem;
import io.github.ram.model.resnet.network.TestNets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A residual network as a model: its checkpoint, its predictions and its attention maps. */
class ResNetSpecTest {

    @BeforeAll
    static void startBackend() {
        Backend.initialise();
    }

    static Stream<ResNetConfig> networks() {
        return Stream.of(
                TestNets.spec(20, Stem.SMALL, 2, Attention.NONE, null),
                TestNets.spec(18, Stem.LARGE, 2, Attention.NAM_BOTH, Addition.control(3)),
                TestNets.spec(
                        20, Stem.SMALL, 2, Attention.NAM, Addition.of(2, NonLocal.of(NonLocal.Kind.DOT_PRODUCT))));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void aCheckpointHoldsTheModel(ResNetConfig config, @TempDir Path directory) {
        ResNetSpec model = model(config);
        Parameters parameters = model.initial(3);
        Path file = directory.resolve("model.ram");
        Checkpoint.of("test", model, parameters, new Provenance("none", "train", 3, 1.5, null))
                .save(file);

        Checkpoint loaded = Checkpoint.load(file);
        assertEquals(model, loaded.model());
        Query query = query(model, 5);
        try (Classifier before = classifier(model, parameters, 1);
                Classifier after = loaded.classifier(EngineChoice.SAMEDIFF, 1)) {
            assertEquals(before.predict(query), after.predict(query));
        }
    }

    @Test
    void theProbabilitiesOfAnImageDoNotDependOnTheRestOfItsBatch() {
        ResNetSpec model = model(TestNets.spec(20, Stem.SMALL, 2, Attention.NAM, null));
        List<Query> queries = new ArrayList<>();
        for (int seed = 0; seed < 7; seed++) {
            queries.add(query(model, seed));
        }
        try (Classifier classifier = classifier(model, model.initial(3), 5);
                Classifier other = classifier.fork()) {
            List<Prediction> together = classifier.predict(queries);
            assertEquals(7, together.size());
            for (int i = 0; i < queries.size(); i++) {
                Prediction alone = other.predict(queries.get(i));
                assertArrayEquals(
                        floats(alone.probabilities()), floats(together.get(i).probabilities()), 1e-5f);
                assertEquals(1, sum(alone.probabilities()), 1e-5);
            }
        }
    }

    @Test
    void anExplanationHasAMapOfEachNonLocalBlockAndOfTheLastBlock() {
        ResNetSpec model = model(TestNets.spec(
                20, Stem.SMALL, 2, Attention.NAM_BOTH, Addition.of(2, NonLocal.of(NonLocal.Kind.EMBEDDED_GAUSSIAN))));
        try (Classifier classifier = classifier(model, model.initial(3), 2)) {
            assertEquals(List.of(), classifier.predict(query(model, 1)).attention());

            List<AttentionMap> maps =
                    classifier.predict(query(model, 1).explainedToo()).attention();
            assertEquals(
                    List.of("layer2.nonlocal", "layer3.2.nam.Spatial_Att.bn2"),
                    maps.stream().map(AttentionMap::layer).toList());
            assertEquals(5, maps.get(0).height());
            assertEquals(4, maps.get(0).width());
            assertEquals(1, sum(maps.get(0).weights()), 1e-5); // a softmax over the positions
            maps.get(1).weights().forEach(weight -> assertEquals(0.5, weight, 0.5)); // a mean of sigmoids
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NAM", "NAM_BOTH", "NAM_PIXEL"})
    void anExplanationHasTheWeightsOfTheLastBlocksChannels(Attention attention) {
        ResNetSpec model = model(TestNets.spec(20, Stem.SMALL, 2, attention, null));
        Parameters parameters = model.initial(3);
        INDArray gamma = parameters.arrays().get("layer3.2.nam.Channel_Att.bn2.weight");
        if (gamma != null) {
            gamma.assign(Nd4j.createFromArray(1f, -2f, 0f, 3f, 0.5f, 0.5f, -0.5f, 0.5f));
        }
        List<Float> expected = attention == Attention.NAM_PIXEL
                ? List.of()
                : List.of(0.125f, 0.25f, 0f, 0.375f, 0.0625f, 0.0625f, 0.0625f, 0.0625f);
        for (EngineChoice engine : model.engines()) {
            try (Classifier classifier = model.classifier(engine, ModelWeights.of(model, parameters), 2)) {
                AttentionMap map = classifier
                        .predict(query(model, 1).explainedToo())
                        .attention()
                        .get(0);
                assertEquals(expected, map.channels(), engine.name());
            }
        }
    }

    @Test
    void anImageOfAnotherSizeIsRefused() {
        ResNetSpec model = model(TestNets.spec(20, Stem.SMALL, 2, Attention.NONE, null));
        try (Classifier classifier = classifier(model, model.initial(3), 1)) {
            Query query = new Query(new float[188], 1);
            assertEquals(
                    "an image of this model has 189 values (9×7×3), got 188",
                    assertThrows(IllegalArgumentException.class, () -> classifier.predict(query))
                            .getMessage());
        }
    }

    @Test
    void labelsAndChannelsMustFitTheNetwork() {
        ResNetConfig config = TestNets.spec(20, Stem.SMALL, 2, Attention.NONE, null);
        assertEquals(
                "labels must name 5 classes, got 1",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new ResNetSpec(config, Normalisation.background(0.5, 0.25), List.of("cat")))
                        .getMessage());
    }

    @Test
    void theFirstParametersDependOnTheSeedAlone() {
        ResNetSpec model = model(TestNets.spec(20, Stem.SMALL, 16, Attention.NAM, null));
        INDArray kernel = model.initial(1).arrays().get("layer1.0.conv1.weight");

        assertEquals(kernel, model.initial(1).arrays().get("layer1.0.conv1.weight"));
        assertEquals(Math.sqrt(2.0 / (16 * 9)), kernel.stdNumber().doubleValue(), 0.005);
        assertEquals(0, kernel.meanNumber().doubleValue(), 0.01);
        assertEquals(
                16,
                model.initial(1).arrays().get("layer1.0.bn1.weight").sumNumber().doubleValue());
    }

    private static ResNetSpec model(ResNetConfig config) {
        return new ResNetSpec(
                config,
                new Normalisation(List.of(0.5, 0.4, 0.3), List.of(0.25, 0.2, 0.3), 0),
                List.of("cat", "dog", "ship", "frog", "deer"));
    }

    private static Classifier classifier(ResNetSpec model, Parameters parameters, int capacity) {
        return model.classifier(EngineChoice.SAMEDIFF, ModelWeights.of(model, parameters), capacity);
    }

    private static Query query(ResNetSpec model, long seed) {
        return new Query(TestNets.images(model.network(), 1, seed).reshape(-1).toFloatVector(), 1);
    }

    private static float[] floats(List<Float> values) {
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i);
        }
        return floats;
    }

    private static double sum(List<Float> values) {
        return values.stream().mapToDouble(Float::doubleValue).sum();
    }
}
