package io.github.ram.model.ram.network;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * A fully connected layer: y = x·W + b.
 *
 * <p>Weights are stored [in, out]. Graphs, checkpoints and exported archives name the variables {@code NAME.weight}
 * and {@code NAME.bias}.
 *
 * @param name name of the layer, such as {@code locator.fc}
 * @param in inputs
 * @param out outputs
 */
public record Layer(String name, int in, int out) {

    /** Name of the weights [in, out]. */
    public String weight() {
        return name + ".weight";
    }

    /** Name of the bias [out]. */
    public String bias() {
        return name + ".bias";
    }

    /** Multiplications, each with its addition, of one row. */
    public long multiplyAdds() {
        return (long) in * out;
    }

    /**
     * Adds the layer to the graph of its input. The graph must have the layer's weights.
     *
     * @param x [N, in]
     * @return [N, out]
     */
    SDVariable apply(SDVariable x) {
        SameDiff graph = x.getSameDiff();
        // Two nodes replace linear(), because xw_plus_b takes twice the time of a product and a sum.
        return x.mmul(graph.getVariable(weight())).add(graph.getVariable(bias()));
    }
}
