package io.github.ram.model.ram.gradient;

import io.github.ram.model.graph.Floats;
import io.github.ram.model.ram.network.Layer;
import io.github.ram.model.ram.network.Weights;
import io.github.ram.model.ram.rollout.Matrix;
import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A fully connected layer and its gradients, for many rows at once:
 *
 * <pre>
 * y = x·W + b
 * x̄ = ȳ·Wᵀ
 * W̄ = xᵀ·ȳ
 * b̄ = Σ ȳ over the rows
 * </pre>
 *
 * <p>Products omit the bias. The next operation on y adds the bias row by row, for example {@link Relu}. Gradients
 * accumulate between {@link #begin} and {@link #end}.
 */
public final class LinearLayer {

    private final INDArray biasArray;
    private final Matrix weight;
    private final Matrix weightGradient;
    private final INDArray biasGradientArray;
    private final float[] bias;
    private final float[] biasGradient;

    /**
     * @param weights shared, not copied
     * @param gradients receives the arrays of the layer's gradients, by the names of the weights
     */
    LinearLayer(Layer layer, Weights weights, Map<String, INDArray> gradients) {
        INDArray gradient = Nd4j.create(DataType.FLOAT, layer.in(), layer.out());
        this.biasArray = weights.arrays().get(layer.bias());
        this.weight = Matrix.of(weights.arrays().get(layer.weight()));
        this.weightGradient = Matrix.of(gradient);
        this.biasGradientArray = Nd4j.create(DataType.FLOAT, 1, layer.out());
        this.bias = new float[layer.out()];
        this.biasGradient = new float[layer.out()];
        gradients.put(layer.weight(), gradient);
        gradients.put(layer.bias(), biasGradientArray);
    }

    int out() {
        return bias.length;
    }

    /** The bias b [out] as it was at {@link #begin}. */
    public float[] bias() {
        return bias;
    }

    /** b̄ [out], to which callers add. */
    float[] biasGradient() {
        return biasGradient;
    }

    /** Reads the bias and sets the gradients to zero. */
    void begin() {
        Floats.read(biasArray).get(bias);
        weightGradient.setToZero();
        Arrays.fill(biasGradient, 0);
    }

    /** y ← x·W + β·y. */
    void apply(Matrix x, Matrix y, float beta) {
        y.product(x, weight, beta);
    }

    /** x̄ ← ȳ·Wᵀ + β·x̄. */
    void back(Matrix dy, Matrix dx, float beta) {
        dx.productWithTransposed(dy, weight, beta);
    }

    /** W̄ ← W̄ + xᵀ·ȳ. */
    void learn(Matrix x, Matrix dy) {
        weightGradient.productOfTransposed(x, dy, 1);
    }

    /** Writes the bias gradient to its array. */
    void end() {
        Floats.write(biasGradientArray, buffer -> buffer.put(biasGradient));
    }
}
