package io.github.ram.model.resnet.onnx;

import static io.github.ram.model.onnx.OnnxNodes.attribute;

import io.github.ram.model.ImageShape;
import io.github.ram.model.Normalisation;
import io.github.ram.model.onnx.OnnxNodes;
import io.github.ram.model.resnet.network.Layout;
import io.github.ram.model.resnet.network.ResNet;
import io.github.ram.model.resnet.network.ResNetConfig;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;

/**
 * A residual network with running statistics, as ONNX.
 *
 * <p>Input: {@link ResNet#IMAGES} [batch, H, W, C], float32. Output: {@link ResNet#PROBABILITIES}
 * [batch, classes], and the attention maps [batch, height, width] if wanted.
 */
public final class OnnxFile {

    private OnnxFile() {}

    /**
     * The ONNX file of a model, for other programs: it reads pixels in [0, 1], and normalises them itself.
     *
     * @param name of the graph
     * @param input how pixels become the model's input
     * @param labels the names of the classes
     * @param values of the parameters by name, row-major
     */
    public static byte[] of(
            String name,
            ResNetConfig config,
            Normalisation input,
            List<String> labels,
            Map<String, FloatBuffer> values) {
        return bytes(name, config, values, input, false, labels);
    }

    /**
     * The file for a runtime in this process: it reads normalised pixels.
     *
     * @param maps whether the attention maps are outputs
     */
    public static byte[] normalised(ResNetConfig config, Map<String, FloatBuffer> values, boolean maps) {
        return bytes("resnet", config, values, null, maps, List.of());
    }

    private static byte[] bytes(
            String name,
            ResNetConfig config,
            Map<String, FloatBuffer> values,
            Normalisation input,
            boolean maps,
            List<String> labels) {
        ImageShape image = config.image();
        OnnxNodes nodes = new OnnxNodes(name);
        OnnxOperations operations = new OnnxOperations(nodes, values);
        String images = nodes.input(ResNet.IMAGES, OnnxNodes.BATCH, image.height(), image.width(), image.channels());
        if (input != null) {
            images = nodes.normalised(images, input);
        }
        String planes = nodes.add("Transpose", List.of(images), attribute("perm", List.of(0L, 3L, 1L, 2L)));
        OnnxOperations.Value logits = new ResNet(config)
                .logits(operations, new OnnxOperations.Value(planes, image.channels(), image.height(), image.width()));
        nodes.named(ResNet.PROBABILITIES, "Softmax", List.of(logits.name()), attribute("axis", 1));
        nodes.output(ResNet.PROBABILITIES, OnnxNodes.BATCH, config.classes());
        if (maps) {
            Layout.of(config).attention().forEach(layer -> {
                operations.addMap(layer, layer.map());
                nodes.output(layer.map(), OnnxNodes.BATCH, layer.height(), layer.width());
            });
        }
        return nodes.file(labels);
    }
}
