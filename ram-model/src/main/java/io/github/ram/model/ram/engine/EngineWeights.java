package io.github.ram.model.ram.engine;

import io.github.ram.model.ram.RamSpec;
import io.github.ram.model.ram.rollout.DenseWeights;
import io.github.ram.model.ram.rollout.MatrixRollout;
import io.github.ram.model.ram.rollout.MatrixWeights;
import io.github.ram.model.ram.rollout.RowRollout;
import io.github.ram.model.ram.rollout.RowWeights;
import java.nio.FloatBuffer;
import java.util.Map;

/** The weights of a {@link BlasEngine} and its forks, in the layouts of both kinds of rollouts. */
final class EngineWeights {

    private final DenseWeights weights;
    private final RowWeights rows;
    private MatrixWeights matrices; // made for the first batch that needs native memory

    /** Copies the weights. */
    EngineWeights(RamSpec model, Map<String, FloatBuffer> weights) {
        this.weights =
                DenseWeights.of(model.network(), name -> weights.get(name).duplicate());
        this.rows = RowWeights.of(this.weights.from((float) model.input().padding()));
    }

    /** Returns the weights for {@link RowRollout}, for glimpses less the padding ({@link DenseWeights#from}). */
    RowWeights rows() {
        return rows;
    }

    /** Returns the weights for {@link MatrixRollout}. */
    synchronized MatrixWeights matrices() {
        if (matrices == null) {
            matrices = MatrixWeights.of(weights);
        }
        return matrices;
    }
}
