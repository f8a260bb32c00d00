package io.github.ram.model.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import io.github.ram.model.EngineChoice;
import io.github.ram.model.graph.Backend;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A graph in ONNX Runtime, which several threads use. The first run loads the graph, and the last user's
 * {@link #release} frees it. The graph runs on a GPU in a build with CUDA for it; otherwise each run takes one thread.
 */
public final class OnnxSession {

    private final Supplier<byte[]> file;
    private OrtSession session; // null before the first run
    private int users = 1;

    /** @param file makes the ONNX file of the graph */
    public OnnxSession(Supplier<byte[]> file) {
        this.file = file;
    }

    /**
     * A value for an input of the graph.
     *
     * @param values row-major; the array may be longer
     */
    public record Input(String name, float[] values, long... shape) {}

    /** Adds a user. */
    public synchronized OnnxSession share() {
        users++;
        return this;
    }

    /** Removes a user. */
    public synchronized void release() {
        users--;
        if (users == 0 && session != null) {
            try {
                session.close();
            } catch (OrtException e) {
                throw new IllegalStateException("ONNX Runtime cannot end a session: " + e.getMessage(), e);
            }
        }
    }

    /** Runs the graph. Returns its outputs by name, row-major. */
    public Map<String, float[]> run(List<Input> inputs) {
        OrtSession loaded = loaded();
        Map<String, OnnxTensor> tensors = new HashMap<>();
        try {
            for (Input input : inputs) {
                tensors.put(input.name(), tensor(input));
            }
            try (OrtSession.Result result = loaded.run(tensors)) {
                Map<String, float[]> outputs = new HashMap<>();
                for (Map.Entry<String, OnnxValue> output : result) {
                    FloatBuffer buffer = ((OnnxTensor) output.getValue()).getFloatBuffer();
                    float[] values = new float[buffer.remaining()];
                    buffer.get(values);
                    outputs.put(output.getKey(), values);
                }
                return outputs;
            }
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e);
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    private static OnnxTensor tensor(Input input) throws OrtException {
        long size = 1;
        for (long axis : input.shape()) {
            size *= axis;
        }
        FloatBuffer values = FloatBuffer.wrap(input.values(), 0, (int) size);
        return OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), values, input.shape());
    }

    private synchronized OrtSession loaded() {
        if (session == null) {
            OrtEnvironment environment = OrtEnvironment.getEnvironment(); // CUDA's options need its logger
            try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
                options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
                options.setIntraOpNumThreads(1);
                options.setInterOpNumThreads(1);
                if (Backend.usesGpu(EngineChoice.ONNXRUNTIME)) {
                    addGpu(options);
                }
                session = environment.createSession(file.get(), options);
            } catch (OrtException e) {
                throw new IllegalStateException("ONNX Runtime cannot load the model: " + e.getMessage(), e);
            }
        }
        return session;
    }

    private static void addGpu(OrtSession.SessionOptions options) throws OrtException {
        try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions()) {
            // Single precision, as on the CPU. By default newer GPUs round the factors of products to 10 bits.
            cuda.add("use_tf32", "0");
            // By default ONNX Runtime measures all algorithms of a convolution, again for each size of a batch. Two
            // starts could then choose two of them, which round differently.
            cuda.add("cudnn_conv_algo_search", "HEURISTIC");
            options.addCUDA(cuda);
            // ONNX Runtime warns of operations that it leaves on the CPU by design, such as those on shapes.
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
        }
    }
}
