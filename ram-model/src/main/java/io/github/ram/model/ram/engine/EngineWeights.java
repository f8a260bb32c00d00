package io.github.ram.model.ram.engine;

import io.github.ram.model.ram.RamSpec;
import java.nio.FloatBuffer;
import java.util.Map;

/** The weights of a {@link BlasEngine} and all its forks in the layout of either kind of rollout. */
final class EngineWeights {

    private final DenseWeights weights;
    private final RowWeights rows;
    private MatrixWeights matrices; // made for the first batch that needs native memory

    /** Copies the weights as they are now. */
    EngineWeights(RamSpec model, Map<String, FloatBuffer> weights) {
        this.weights =
                DenseWeights.of(model.network(), name -> weights.get(name).duplicate());
        this.rows = RowWeights.of(this.weights.from((float) model.input().padding()));
    }

    /** For few rollouts; of glimpses from which the padding has been subtracted, see {@link DenseWeights#from}. */
    RowWeights rows() {
        return rows;
    }

    /** For many rollouts; of glimpses as they are. */
    synchronized MatrixWeights matrices() {
        if (matrices == null) {
            matrices = MatrixWeights.of(weights);
        }
        return matrices;
    }
}
