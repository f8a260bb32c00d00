package io.github.ram.model.resnet;

import static io.github.ram.model.onnx.OnnxNodes.attribute;

import io.github.ram.model.ImageShape;
import io.github.ram.model.Normalisation;
import io.github.ram.model.onnx.OnnxNodes;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;

/**
 * The {@link EvaluationGraph} as ONNX.
 *
 * <p>Input: {@link EvaluationGraph#IMAGES} [batch, H, W, C], float32. Output: {@link EvaluationGraph#PROBABILITIES}
 * [batch, classes], and the attention maps [batch, height, width] if wanted.
 */
public final class OnnxFile {

    private OnnxFile() {}

    /**
     * The ONNX file of a model, for other programs: it reads pixels in [0, 1], and normalises them itself.
     *
     * @param name of the graph
     * @param values of the parameters by name, row-major
     */
    public static byte[] of(String name, ResNetSpec model, Map<String, FloatBuffer> values) {
        return bytes(name, model.network(), values, model.input(), false, model.labels());
    }

    /**
     * The file for a runtime in this process: it reads normalised pixels.
     *
     * @param maps whether the attention maps are outputs
     */
    static byte[] normalised(ResNetConfig config, Map<String, FloatBuffer> values, boolean maps) {
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
        String images =
                nodes.input(EvaluationGraph.IMAGES, OnnxNodes.BATCH, image.height(), image.width(), image.channels());
        if (input != null) {
            images = nodes.normalised(images, input);
        }
        String planes = nodes.add("Transpose", List.of(images), attribute("perm", List.of(0L, 3L, 1L, 2L)));
        OnnxOperations.Value logits = new ResNet(config)
                .logits(operations, new OnnxOperations.Value(planes, image.channels(), image.height(), image.width()));
        nodes.named(EvaluationGraph.PROBABILITIES, "Softmax", List.of(logits.name()), attribute("axis", 1));
        nodes.output(EvaluationGraph.PROBABILITIES, OnnxNodes.BATCH, config.classes());
        if (maps) {
            Layout.of(config).attention().forEach(layer -> {
                operations.addMap(layer, EvaluationGraph.map(layer));
                nodes.output(EvaluationGraph.map(layer), OnnxNodes.BATCH, layer.height(), layer.width());
            });
        }
        return nodes.file(labels);
    }
}
