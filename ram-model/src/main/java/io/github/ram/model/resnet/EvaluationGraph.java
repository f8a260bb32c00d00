package io.github.ram.model.resnet;

import io.github.ram.model.ImageShape;
import io.github.ram.model.resnet.network.Layout;
import io.github.ram.model.resnet.network.ResNet;
import io.github.ram.model.resnet.network.ResNetConfig;
import io.github.ram.model.resnet.operation.GraphOperations;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The inference graph of a residual network, with running statistics.
 *
 * <p>Placeholder: {@link ResNet#IMAGES} [B, H, W, C], normalised. Outputs: {@link #LOGITS} and {@link ResNet#PROBABILITIES}
 * [B, classes].
 */
final class EvaluationGraph {

    /** Output: what softmax makes the probabilities of [B, classes]. */
    static final String LOGITS = "logits";

    private EvaluationGraph() {}

    /** Builds the graph over parameters and statistics, which it shares. */
    static SameDiff build(ResNetConfig spec, Map<String, INDArray> parameters) {
        SameDiff graph = SameDiff.create();
        GraphOperations operations = new GraphOperations(graph, GraphOperations.Mode.EVALUATION, parameters);
        SDVariable logits = logits(spec, operations, graph);
        graph.nn().softmax(ResNet.PROBABILITIES, logits, 1); // [B, classes]
        for (Layout.AttentionLayer layer : Layout.of(spec).attention()) {
            operations.addMap(layer.name(), layer.map()); // [B, height, width]
        }
        return graph;
    }

    /** Adds the images' placeholder and the network. Returns the logits [B, classes]. */
    static SDVariable logits(ResNetConfig spec, GraphOperations operations, SameDiff graph) {
        ImageShape shape = spec.image();
        SDVariable images =
                graph.placeHolder(ResNet.IMAGES, DataType.FLOAT, -1, shape.height(), shape.width(), shape.channels());
        SDVariable planes = graph.permute(images, 0, 3, 1, 2); // [B, C, H, W]
        return new ResNet(spec)
                .logits(operations, new GraphOperations.Value(planes, shape.channels(), shape.height(), shape.width()))
                .variable()
                .rename(LOGITS);
    }
}
