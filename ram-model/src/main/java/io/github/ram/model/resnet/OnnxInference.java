package io.github.ram.model.resnet;

import io.github.ram.model.ImageShape;
import io.github.ram.model.onnx.OnnxSession;
import io.github.ram.model.resnet.network.Layout;
import io.github.ram.model.resnet.network.ResNet;
import io.github.ram.model.resnet.network.ResNetConfig;
import io.github.ram.model.resnet.onnx.OnnxFile;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;

/** Runs a residual network in ONNX Runtime, from its own ONNX graph, made in memory. Forks share the weights. */
final class OnnxInference implements Inference {

    private final ResNetConfig config;
    private final List<Layout.AttentionLayer> layers;
    private final OnnxSession plain;
    private final OnnxSession explained;

    private OnnxInference(ResNetConfig config, OnnxSession plain, OnnxSession explained) {
        this.config = config;
        this.layers = Layout.of(config).attention();
        this.plain = plain;
        this.explained = explained;
    }

    /** @param values of the parameters by name, row-major */
    static OnnxInference of(ResNetConfig config, Map<String, FloatBuffer> values) {
        return new OnnxInference(
                config,
                new OnnxSession(() -> OnnxFile.normalised(config, values, false)),
                new OnnxSession(() -> OnnxFile.normalised(config, values, true)));
    }

    @Override
    public String name() {
        return "onnxruntime";
    }

    @Override
    public Result run(float[] images, int n, boolean maps) {
        ImageShape shape = config.image();
        OnnxSession.Input input =
                new OnnxSession.Input(ResNet.IMAGES, images, n, shape.height(), shape.width(), shape.channels());
        Map<String, float[]> outputs = (maps ? explained : plain).run(List.of(input));
        float[][] attention = new float[maps ? layers.size() : 0][];
        for (int k = 0; k < attention.length; k++) {
            attention[k] = outputs.get(layers.get(k).map());
        }
        return new Result(outputs.get(ResNet.PROBABILITIES), attention);
    }

    @Override
    public Inference fork() {
        return new OnnxInference(config, plain.share(), explained.share());
    }

    @Override
    public void close() {
        plain.release();
        explained.release();
    }
}
