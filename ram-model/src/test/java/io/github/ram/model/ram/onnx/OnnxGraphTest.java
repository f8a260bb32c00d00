package io.github.ram.model.ram.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.github.ram.model.ImageShape;
import io.github.ram.model.ModelWeights;
import io.github.ram.model.Normalisation;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.model.ram.RamSpec;
import io.github.ram.model.ram.RolloutGraph;
import io.github.ram.model.ram.StartLocation;
import io.github.ram.model.ram.TestModels;
import io.github.ram.model.ram.engine.SameDiffEngine;
import io.github.ram.model.ram.network.GlimpseConfig;
import io.github.ram.model.ram.network.HiddenSizes;
import io.github.ram.model.ram.network.Location;
import io.github.ram.model.ram.network.RamConfig;
import io.github.ram.model.ram.network.Weights;
import io.github.ram.model.ram.rollout.RolloutBatch;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The ONNX file in ONNX Runtime against the engine. */
class OnnxGraphTest {

    private static final OrtEnvironment RUNTIME = OrtEnvironment.getEnvironment();

    /** What a rollout shows of itself. */
    private record Result(float[] probabilities, float[] locations) {}

    @ParameterizedTest
    @MethodSource("io.github.ram.model.ram.TestModels#ofEveryKind")
    void aModelOfAnyConfigurationRunsAsInTheEngine(RamConfig config) throws OrtException {
        assertAgrees(TestModels.spec(config), TestModels.weights(config, 11));
    }

    @ParameterizedTest
    @MethodSource("starts")
    void everyStartLocationIsThatOfTheModel(Location start) throws OrtException {
        RamSpec any = TestModels.spec(TestModels.ODD);
        RamSpec model = RamSpec.of(any.network(), any.input(), StartLocation.fixed(start), any.labels());
        assertAgrees(model, TestModels.weights(TestModels.ODD, 11));
    }

    static Stream<Location> starts() {
        return Stream.of(new Location(1, 1), new Location(-1, -1), new Location(-1, 1), Location.CENTRE);
    }

    @Test
    void outsideTheImageMayBeAnythingButBackground() throws OrtException {
        RamSpec any = TestModels.spec(TestModels.ODD);
        RamSpec model = RamSpec.of(any.network(), Normalisation.of(0.1, 0.2, 0.7), any.start(), any.labels());
        assertAgrees(model, TestModels.weights(TestModels.ODD, 11));
    }

    @Test
    void everyChannelMayHaveItsOwnNormalisation() throws OrtException {
        RamSpec any = TestModels.spec(TestModels.ODD);
        Normalisation input = new Normalisation(List.of(0.4, 0.5, 0.6), List.of(0.2, 0.3, 0.4), 0.7);
        assertAgrees(
                RamSpec.of(any.network(), input, any.start(), any.labels()), TestModels.weights(TestModels.ODD, 11));
    }

    @Test
    void theBundledModelRunsAsInTheEngine() throws OrtException {
        Checkpoint bundled = Checkpoint.bundled();
        RamSpec model = (RamSpec) bundled.model();
        assertAgrees(model, Weights.of(model.network(), bundled.parameters()));
    }

    private static void assertAgrees(RamSpec model, Weights weights) throws OrtException {
        byte[] file = bytes("test", model, weights);
        try (OrtSession session = RUNTIME.createSession(file)) {
            for (int size : new int[] {1, 3, 20}) {
                byte[] pixels = new byte[size * model.network().image().size()];
                new SplittableRandom(size).nextBytes(pixels);
                Result expected = inEngine(model, weights, pixels, size);
                Result actual = inRuntime(session, model, pixels, size);
                assertArrayEquals(expected.locations, actual.locations, 1e-5f);
                assertArrayEquals(expected.probabilities, actual.probabilities, 1e-5f);
            }
        }
    }

    private static byte[] bytes(String name, RamSpec model, Weights weights) {
        return OnnxGraph.bytes(
                name, model, ModelWeights.of(model, weights.parameters()).values());
    }

    private static Result inEngine(RamSpec model, Weights weights, byte[] pixels, int size) {
        RamConfig config = model.network();
        RolloutBatch batch = RolloutBatch.of(config, size);
        for (int b = 0; b < size; b++) {
            batch.image(b, pixels, b * config.image().size(), model.input().table());
        }
        batch.start(model.start().location());
        try (var engine = new SameDiffEngine(
                config, RolloutGraph.build(weights, model.input().padding()))) {
            engine.run(batch);
        }
        float[] locations = new float[size * config.steps() * 2]; // [n, T, 2]
        for (int b = 0; b < size; b++) {
            for (int t = 0; t < config.steps(); t++) {
                locations[2 * (b * config.steps() + t)] = batch.x(t, b);
                locations[2 * (b * config.steps() + t) + 1] = batch.y(t, b);
            }
        }
        return new Result(batch.probabilities(), locations);
    }

    private static Result inRuntime(OrtSession session, RamSpec model, byte[] pixels, int size) throws OrtException {
        ImageShape image = model.network().image();
        FloatBuffer values = FloatBuffer.allocate(pixels.length);
        for (byte pixel : pixels) {
            values.put((pixel & 0xff) / 255f);
        }
        long[] shape = {size, image.height(), image.width(), image.channels()};
        try (OnnxTensor images = OnnxTensor.createTensor(RUNTIME, values.flip(), shape);
                OrtSession.Result result = session.run(Map.of(OnnxGraph.IMAGES, images))) {
            return new Result(floats(result, OnnxGraph.PROBABILITIES), floats(result, OnnxGraph.LOCATIONS));
        }
    }

    private static float[] floats(OrtSession.Result result, String name) {
        FloatBuffer buffer = ((OnnxTensor) result.get(name).orElseThrow()).getFloatBuffer();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    @Test
    void theFileSaysWhatGoesInAndWhatComesOut() throws OrtException {
        byte[] file = bytes("odd", TestModels.spec(TestModels.ODD), TestModels.weights(TestModels.ODD, 11));
        try (OrtSession session = RUNTIME.createSession(file)) {
            assertEquals(Set.of("images"), session.getInputNames());
            assertEquals(Set.of("probabilities", "locations"), session.getOutputNames());
            assertShape("batch, 11, 17, 3", session.getInputInfo().get("images"));
            assertShape("batch, 5", session.getOutputInfo().get("probabilities"));
            assertShape("batch, 4, 2", session.getOutputInfo().get("locations"));
            assertEquals("odd", session.getMetadata().getGraphName());
            assertEquals(
                    "0\n1\n2\n3\n4", session.getMetadata().getCustomMetadata().get("labels"));
        }
    }

    private static void assertShape(String shape, NodeInfo node) {
        TensorInfo tensor = (TensorInfo) node.getInfo();
        String[] names = tensor.getDimensionNames();
        String found = IntStream.range(0, names.length)
                .mapToObj(i -> names[i].isEmpty() ? Long.toString(tensor.getShape()[i]) : names[i])
                .collect(Collectors.joining(", "));
        assertEquals(shape, found);
    }

    @Test
    void aModelThatIsTooLargeForAFileIsRefused() {
        RamConfig config = new RamConfig(
                new ImageShape(1, 1, 1024),
                new GlimpseConfig(1, 1, 2, 4096),
                RamConfig.Core.RELU,
                new HiddenSizes(1, 1, 1, 1, 1),
                0.1,
                2);
        Weights weights = TestModels.weights(config, 11);
        assertEquals(
                "the model is too large for an ONNX file, which holds 2 GB: sensor.start1 takes 137438953472 bytes",
                assertThrows(IllegalArgumentException.class, () -> bytes("test", TestModels.spec(config), weights))
                        .getMessage());
    }
}
