package io.github.ram.model.resnet.operation;

import io.github.ram.model.graph.JavaOperation;
import io.github.ram.model.resnet.network.BatchNorm;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.OpContext;

/**
 * The gradients of {@link BatchNormOperation}.
 *
 * <p>Inputs: x [B, C, H, W], γ [features], the batch's mean and variance [features], dy [B, C, H, W], and y if it is
 * relu's. Outputs: dx [B, C, H, W], dγ and dβ [features].
 */
public final class BatchNormGradient extends JavaOperation {

    static {
        register(new BatchNormGradient());
    }

    /** For SameDiff, which fills in the arguments when it loads a graph. */
    public BatchNormGradient() {}

    BatchNormGradient(SDVariable[] inputs, BatchNorm.Over over) {
        super(inputs);
        addIArgument(over.ordinal());
    }

    @Override
    public String opName() {
        return "resnet_batch_norm_gradient";
    }

    @Override
    public int getNumOutputs() {
        return 3;
    }

    @Override
    protected List<long[]> outputShapes(OpContext context) {
        long[] features = context.getInputArray(1).shape();
        return List.of(context.getInputArray(0).shape(), features, features);
    }

    @Override
    public void run(OpContext context) {
        INDArray x = context.getInputArray(0);
        float[] gamma = BatchNormOperation.values(context.getInputArray(1));
        BatchNormKernel.Gradient gradient = new BatchNormKernel.Gradient(
                gamma,
                BatchNormOperation.values(context.getInputArray(2)),
                BatchNormOperation.values(context.getInputArray(3)),
                new float[gamma.length],
                new float[gamma.length]);
        INDArray y = context.numInputArguments() == 6 ? context.getInputArray(5) : null;
        BatchNormOperation.kernel(x, BatchNormOperation.over(iArguments))
                .gradient(gradient, x, y, context.getInputArray(4), context.getOutputArray(0));
        BatchNormOperation.put(context.getOutputArray(1), gradient.dGamma());
        BatchNormOperation.put(context.getOutputArray(2), gradient.dBeta());
    }

    @Override
    public List<SDVariable> doDiff(List<SDVariable> gradients) {
        throw new UnsupportedOperationException("batch normalisation has no second derivative here");
    }
}
