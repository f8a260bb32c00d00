package io.github.ram.benchmark;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.ram.model.ImageShape;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.model.ram.RamSpec;
import io.github.ram.model.ram.network.RamConfig;
import io.github.ram.model.ram.onnx.OnnxGraph;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Set;

/**
 * The exported graph in ONNX Runtime, with every optimisation it has. Threads share one session, and with it the
 * weights; a run allocates no memory for inputs and outputs.
 */
final class OnnxRuntime implements Contender {

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final RamConfig config;
    private final OrtSession session;

    OnnxRuntime(Checkpoint model, int threads) throws OrtException {
        RamSpec spec = (RamSpec) model.model();
        config = spec.network();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            session = environment.createSession(spec.onnx("ram", model), options);
        }
    }

    @Override
    public Batch batch(byte[] pixels, int n) throws OrtException {
        ImageShape image = config.image();
        FloatBuffer values = direct(pixels.length);
        for (byte pixel : pixels) {
            values.put((pixel & 0xff) / 255f);
        }
        OnnxTensor images = OnnxTensor.createTensor(
                environment, values.flip(), new long[] {n, image.height(), image.width(), image.channels()});
        FloatBuffer classes = direct(n * config.classes());
        OnnxTensor probabilities = OnnxTensor.createTensor(environment, classes, new long[] {n, config.classes()});
        OnnxTensor locations =
                OnnxTensor.createTensor(environment, direct(n * config.steps() * 2), new long[] {n, config.steps(), 2});
        Map<String, OnnxTensor> inputs = Map.of(OnnxGraph.IMAGES, images);
        Map<String, OnnxTensor> outputs =
                Map.of(OnnxGraph.PROBABILITIES, probabilities, OnnxGraph.LOCATIONS, locations);
        return new Batch() {

            @Override
            public void run() throws OrtException {
                session.run(inputs, Set.of(), outputs).close();
            }

            @Override
            public float[] probabilities() {
                float[] copy = new float[n * config.classes()];
                classes.duplicate().rewind().get(copy);
                return copy;
            }

            @Override
            public void close() {
                images.close();
                probabilities.close();
                locations.close();
            }
        };
    }

    private static FloatBuffer direct(int floats) {
        return ByteBuffer.allocateDirect(floats * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }
}
