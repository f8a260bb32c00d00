package io.github.ram.model.resnet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.ram.model.ModelWeights;
import io.github.ram.model.Normalisation;
import io.github.ram.model.Parameters;
import io.github.ram.model.graph.Backend;
import io.github.ram.model.resnet.network.Attention;
import io.github.ram.model.resnet.network.ResNetConfig;
import io.github.ram.model.resnet.network.Stem;
import io.github.ram.model.resnet.network.TestNets;
import io.github.ram.model.resnet.onnx.OnnxFile;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The ONNX graph in ONNX Runtime against SameDiff. */
class OnnxInferenceTest {

    private static final List<String> LABELS = List.of("cat", "dog", "ship", "frog", "deer");

    @BeforeAll
    static void startBackend() {
        Backend.initialise();
    }

    @ParameterizedTest
    @MethodSource("io.github.ram.model.resnet.network.TestNets#ofEveryKind")
    void probabilitiesAndMapsAreThoseOfSameDiff(ResNetConfig config) {
        ResNetSpec model = new ResNetSpec(config, Normalisation.background(0.5, 0.25), LABELS);
        ModelWeights weights = weights(model);
        float[] images = TestNets.images(config, 5, 2).reshape(-1).toFloatVector();
        try (Inference onnx = OnnxInference.of(config, weights.values());
                Inference sameDiff = new SameDiffInference(config, weights.graph())) {
            for (int n : new int[] {1, 5}) {
                Inference.Result expected = sameDiff.run(images, n, true);
                Inference.Result actual = onnx.run(images, n, true);
                assertArrayEquals(expected.probabilities(), actual.probabilities(), 1e-4f);
                assertArrayEquals(
                        expected.probabilities(), onnx.run(images, n, false).probabilities(), 1e-4f);
                assertEquals(expected.maps().length, actual.maps().length);
                for (int k = 0; k < expected.maps().length; k++) {
                    float largest = 1;
                    for (float weight : expected.maps()[k]) {
                        largest = Math.max(largest, weight);
                    }
                    assertArrayEquals(expected.maps()[k], actual.maps()[k], 1e-4f * largest);
                }
            }
        }
    }

    @Test
    void aForkOutlivesTheInferenceThatItCameFrom() {
        ResNetConfig config = TestNets.spec(20, Stem.SMALL, 2, Attention.NAM, null);
        ResNetSpec model = new ResNetSpec(config, Normalisation.background(0.5, 0.25), LABELS);
        float[] images = TestNets.images(config, 1, 2).reshape(-1).toFloatVector();
        Inference first = OnnxInference.of(config, weights(model).values());
        float[] before = first.run(images, 1, false).probabilities();
        try (Inference fork = first.fork()) {
            first.close();
            assertArrayEquals(before, fork.run(images, 1, false).probabilities());
        }
    }

    @Test
    void anExportedFileNormalisesThePixelsItself() throws OrtException {
        ResNetConfig config = TestNets.spec(20, Stem.SMALL, 2, Attention.NAM_BOTH, null);
        Normalisation input = new Normalisation(List.of(0.5, 0.4, 0.3), List.of(0.25, 0.2, 0.3), 0);
        ResNetSpec model = new ResNetSpec(config, input, LABELS);
        ModelWeights weights = weights(model);
        float[] pixels = TestNets.images(config, 3, 2).reshape(-1).toFloatVector();
        float[] normalised = new float[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = Math.abs(pixels[i]);
            normalised[i] = input.apply(pixels[i], i % 3);
        }
        OrtEnvironment runtime = OrtEnvironment.getEnvironment();
        try (Inference sameDiff = new SameDiffInference(config, weights.graph());
                OrtSession session = runtime.createSession(
                        OnnxFile.of("test", model.network(), model.input(), model.labels(), weights.values()));
                OnnxTensor tensor =
                        OnnxTensor.createTensor(runtime, FloatBuffer.wrap(pixels), new long[] {3, 9, 7, 3});
                OrtSession.Result result = session.run(Map.of("images", tensor))) {
            FloatBuffer found = ((OnnxTensor) result.get("probabilities").orElseThrow()).getFloatBuffer();
            float[] actual = new float[found.remaining()];
            found.get(actual);
            assertArrayEquals(sameDiff.run(normalised, 3, false).probabilities(), actual, 1e-4f);
            assertEquals(
                    "cat\ndog\nship\nfrog\ndeer",
                    session.getMetadata().getCustomMetadata().get("labels"));
        }
    }

    private static ModelWeights weights(ResNetSpec model) {
        ResNetConfig config = model.network();
        Parameters parameters = Parameters.of(model.parameters(), TestNets.arrays(config, TestNets.values(config, 5)));
        return ModelWeights.of(model, parameters);
    }
}
