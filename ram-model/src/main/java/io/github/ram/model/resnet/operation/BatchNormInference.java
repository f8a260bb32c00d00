package io.github.ram.model.resnet.operation;

import io.github.ram.model.graph.JavaOperation;
import io.github.ram.model.resnet.network.BatchNorm;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.OpContext;

/**
 * {@link BatchNorm} with given statistics, one node of a SameDiff graph.
 *
 * <p>Inputs: x [B, C, H, W], γ, β, mean and variance [features]. Output: y of x's shape. It has no gradient.
 *
 * <p>Integer arguments: 1 for statistics of each position and 0 for those of each channel; 1 for relu of the result.
 */
public final class BatchNormInference extends JavaOperation {

    static {
        register(new BatchNormInference());
    }

    /** For SameDiff, which fills in the arguments when it loads a graph. */
    public BatchNormInference() {}

    BatchNormInference(SDVariable x, SDVariable[] scaleAndStatistics, BatchNorm.Over over, boolean relu) {
        super(x, scaleAndStatistics[0], scaleAndStatistics[1], scaleAndStatistics[2], scaleAndStatistics[3]);
        addIArgument(over.ordinal(), relu ? 1 : 0);
    }

    @Override
    public String opName() {
        return "resnet_batch_norm_inference";
    }

    @Override
    public int getNumOutputs() {
        return 1;
    }

    @Override
    protected List<long[]> outputShapes(OpContext context) {
        INDArray x = context.getInputArray(0);
        BatchNormOperation.requireFit(opName(), x, BatchNormOperation.over(iArguments), context);
        return List.of(x.shape());
    }

    @Override
    public void run(OpContext context) {
        INDArray x = context.getInputArray(0);
        float[] gamma = BatchNormOperation.values(context.getInputArray(1));
        float[] variance = BatchNormOperation.values(context.getInputArray(4));
        BatchNormOperation.kernel(x, BatchNormOperation.over(iArguments))
                .apply(
                        x,
                        context.getOutputArray(0),
                        BatchNorm.scale(gamma, variance),
                        BatchNormOperation.values(context.getInputArray(3)),
                        BatchNormOperation.values(context.getInputArray(2)),
                        BatchNormOperation.isRelu(iArguments));
    }

    @Override
    public List<SDVariable> doDiff(List<SDVariable> gradients) {
        throw new UnsupportedOperationException(
                "a network with running statistics has no gradient: train another graph");
    }
}
