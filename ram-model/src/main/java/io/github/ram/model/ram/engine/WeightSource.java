package io.github.ram.model.ram.engine;

import io.github.ram.model.ModelSpec;
import io.github.ram.model.graph.Floats;
import io.github.ram.model.ram.Weights;
import java.nio.FloatBuffer;
import java.util.Map;

/** The weights of a {@link BlasEngine} and all its forks, as either kind of rollout wants them. */
interface WeightSource {

    /** These weights as they are now: themselves if they are frozen, else a copy. */
    WeightSource now();

    /** For few rollouts; of glimpses from which the padding has been subtracted, see {@link DenseWeights#from}. */
    DenseWeights rows();

    /** For many rollouts; of glimpses as they are. */
    MatrixWeights matrices();

    /** Weights as they are now, copied. */
    static WeightSource frozen(ModelSpec model, Map<String, FloatBuffer> weights) {
        return new Frozen(
                DenseWeights.of(model.network(), name -> weights.get(name).duplicate()),
                (float) model.input().padding());
    }

    /** Weights that change in place: as they are whenever they are asked for. */
    static WeightSource live(ModelSpec model, Weights weights) {
        return new Live(model, weights);
    }

    /** Copies them into native memory only if there is a batch that wants them there. */
    final class Frozen implements WeightSource {

        private final DenseWeights weights;
        private final DenseWeights rows;
        private MatrixWeights matrices;

        private Frozen(DenseWeights weights, float padding) {
            this.weights = weights;
            this.rows = weights.from(padding);
        }

        @Override
        public WeightSource now() {
            return this;
        }

        @Override
        public DenseWeights rows() {
            return rows;
        }

        @Override
        public synchronized MatrixWeights matrices() {
            if (matrices == null) {
                matrices = MatrixWeights.of(weights);
            }
            return matrices;
        }
    }

    /** @param weights in ND4J's arrays */
    record Live(ModelSpec model, Weights weights) implements WeightSource {

        @Override
        public WeightSource now() {
            return new Frozen(copy(), (float) model.input().padding());
        }

        @Override
        public DenseWeights rows() {
            return copy().from((float) model.input().padding());
        }

        @Override
        public MatrixWeights matrices() {
            return MatrixWeights.of(copy());
        }

        private DenseWeights copy() {
            return DenseWeights.of(
                    model.network(), name -> Floats.read(weights.arrays().get(name)));
        }
    }
}
