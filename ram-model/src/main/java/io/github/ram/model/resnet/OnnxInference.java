package io.github.ram.model.resnet;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.ram.model.ImageShape;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;

/**
 * Runs a residual network in ONNX Runtime, from its own ONNX graph, made in memory. Each run takes one thread; forks
 * share the session and its weights.
 */
final class OnnxInference implements Inference {

    private final ResNetConfig config;
    private final Map<String, FloatBuffer> values;
    private final List<Layout.AttentionLayer> layers;
    private final Session plain;
    private Session explained;

    private OnnxInference(ResNetConfig config, Map<String, FloatBuffer> values, Session plain) {
        this.config = config;
        this.values = values;
        this.layers = Layout.of(config).attention();
        this.plain = plain;
    }

    /** @param values of the parameters by name, row-major */
    static OnnxInference of(ResNetConfig config, Map<String, FloatBuffer> values) {
        return new OnnxInference(config, values, new Session(OnnxFile.normalised(config, values, false)));
    }

    @Override
    public String name() {
        return "onnxruntime";
    }

    @Override
    public Result run(float[] images, int n, boolean maps) {
        if (maps && explained == null) {
            explained = new Session(OnnxFile.normalised(config, values, true));
        }
        ImageShape shape = config.image();
        long[] dimensions = {n, shape.height(), shape.width(), shape.channels()};
        FloatBuffer input = FloatBuffer.wrap(images, 0, n * shape.size());
        try (OnnxTensor tensor = OnnxTensor.createTensor(Session.RUNTIME, input, dimensions);
                OrtSession.Result result =
                        (maps ? explained : plain).session.run(Map.of(EvaluationGraph.IMAGES, tensor))) {
            float[][] attention = new float[maps ? layers.size() : 0][];
            for (int k = 0; k < attention.length; k++) {
                attention[k] = floats(result, EvaluationGraph.map(layers.get(k)));
            }
            return new Result(floats(result, EvaluationGraph.PROBABILITIES), attention);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e);
        }
    }

    private static float[] floats(OrtSession.Result result, String output) {
        FloatBuffer buffer = ((OnnxTensor) result.get(output).orElseThrow()).getFloatBuffer();
        float[] copy = new float[buffer.remaining()];
        buffer.get(copy);
        return copy;
    }

    @Override
    public Inference fork() {
        plain.share();
        return new OnnxInference(config, values, plain);
    }

    @Override
    public void close() {
        plain.release();
        if (explained != null) {
            explained.release();
        }
    }

    /** A session that several threads use. It ends with its last user. */
    private static final class Session {

        static final OrtEnvironment RUNTIME = OrtEnvironment.getEnvironment();

        final OrtSession session;
        private int users = 1;

        Session(byte[] file) {
            try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
                options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
                options.setIntraOpNumThreads(1);
                options.setInterOpNumThreads(1);
                session = RUNTIME.createSession(file, options);
            } catch (OrtException e) {
                throw new IllegalStateException("ONNX Runtime cannot load the model: " + e.getMessage(), e);
            }
        }

        synchronized void share() {
            users++;
        }

        synchronized void release() {
            users--;
            if (users == 0) {
                try {
                    session.close();
                } catch (OrtException e) {
                    throw new IllegalStateException("ONNX Runtime cannot end a session: " + e.getMessage(), e);
                }
            }
        }
    }
}
