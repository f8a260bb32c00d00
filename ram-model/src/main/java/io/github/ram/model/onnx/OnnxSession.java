package io.github.ram.model.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A graph in ONNX Runtime, which several threads use. The first run loads the graph, and the last user's
 * {@link #release} frees it. Each run takes one thread.
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
     * Whether ONNX Runtime has a native library for this platform, in its jar or in the folder of its system property
     * {@code onnxruntime.native.path}. The call does not load the library.
     */
    public static boolean isAvailable() {
        String name = System.mapLibraryName("onnxruntime");
        String folder = System.getProperty("onnxruntime.native.path");
        if (folder != null && Files.isRegularFile(Path.of(folder, name))) {
            return true;
        }
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String platform = system.contains("mac") ? "osx" : system.contains("win") ? "win" : "linux";
        String processor = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x64";
        String library = String.format(Locale.ROOT, "/ai/onnxruntime/native/%s-%s/%s", platform, processor, name);
        return OrtSession.class.getResource(library) != null;
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
            try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
                options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
                options.setIntraOpNumThreads(1);
                options.setInterOpNumThreads(1);
                session = OrtEnvironment.getEnvironment().createSession(file.get(), options);
            } catch (OrtException e) {
                throw new IllegalStateException("ONNX Runtime cannot load the model: " + e.getMessage(), e);
            }
        }
        return session;
    }
}
