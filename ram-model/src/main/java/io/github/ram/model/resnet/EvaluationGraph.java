package io.github.ram.model.resnet;

import io.github.ram.model.ImageShape;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The inference graph of a residual network, with running statistics.
 *
 * <p>Placeholder: {@link #IMAGES} [B, H, W, C], normalised. Outputs: {@link #LOGITS} and {@link #PROBABILITIES}
 * [B, classes].
 */
final class EvaluationGraph {

    /** Placeholder: normalised images [B, H, W, C]. */
    static final String IMAGES = "images";

    /** Output: what softmax makes the probabilities of [B, classes]. */
    static final String LOGITS = "logits";

    /** Output: class probabilities [B, classes]. */
    static final String PROBABILITIES = "probabilities";

    private EvaluationGraph() {}

    /**
     * Output: an attention map [B, height, width].
     *
     * <p>Of a non-local block it is, for each position j, the mean of |f(x_i, x_j)| over all positions i: since the
     * answer is a mean over the positions, that is how much it looks at j. Of the last residual block's attention it is
     * the mean over the channels of what multiplies x.
     */
    static String map(Layout.AttentionLayer layer) {
        return layer.name() + ".map";
    }

    /** Builds the graph over parameters and statistics, which it shares. */
    static SameDiff build(ResNetConfig spec, Map<String, INDArray> parameters) {
        SameDiff graph = SameDiff.create();
        GraphOperations operations = new GraphOperations(graph, GraphOperations.Mode.EVALUATION, parameters);
        SDVariable logits = logits(spec, operations, graph);
        graph.nn().softmax(PROBABILITIES, logits, 1); // [B, classes]
        for (Layout.AttentionLayer layer : Layout.of(spec).attention()) {
            operations.addMap(layer.name(), map(layer)); // [B, height, width]
        }
        return graph;
    }

    /** Adds the images' placeholder and the network. Returns the logits [B, classes]. */
    static SDVariable logits(ResNetConfig spec, GraphOperations operations, SameDiff graph) {
        ImageShape shape = spec.image();
        SDVariable images =
                graph.placeHolder(IMAGES, DataType.FLOAT, -1, shape.height(), shape.width(), shape.channels());
        SDVariable planes = graph.permute(images, 0, 3, 1, 2); // [B, C, H, W]
        return new ResNet(spec)
                .logits(operations, new GraphOperations.Value(planes, shape.channels(), shape.height(), shape.width()))
                .variable()
                .rename(LOGITS);
    }
}
