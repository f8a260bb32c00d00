package io.github.ram.model.resnet.operation;

import io.github.ram.model.graph.Floats;
import io.github.ram.model.graph.JavaOperation;
import io.github.ram.model.resnet.network.BatchNorm;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.OpContext;

/**
 * {@link BatchNorm} with the statistics of the batch, one node of a SameDiff graph.
 *
 * <p>Inputs: x [B, C, H, W], γ and β [features]. Outputs: y of x's shape, and the mean and the variance [features] of
 * the batch, the latter divided by the number of values. The gradient reaches x, γ and β through y alone.
 *
 * <p>Integer arguments: 1 for statistics of each position and 0 for those of each channel; 1 for relu of the result.
 *
 * <p>ND4J's own operation has no usable gradient in this release.
 */
public final class BatchNormOperation extends JavaOperation {

    static {
        register(new BatchNormOperation());
    }

    /** For SameDiff, which fills in the arguments when it loads a graph. */
    public BatchNormOperation() {}

    BatchNormOperation(SDVariable x, SDVariable gamma, SDVariable beta, BatchNorm.Over over, boolean relu) {
        super(x, gamma, beta);
        addIArgument(over.ordinal(), relu ? 1 : 0);
    }

    @Override
    public String opName() {
        return "resnet_batch_norm";
    }

    @Override
    public int getNumOutputs() {
        return 3;
    }

    @Override
    protected List<long[]> outputShapes(OpContext context) {
        INDArray x = context.getInputArray(0);
        long[] features = {requireFit(opName(), x, over(iArguments), context)};
        if (x.length() == features[0]) {
            throw new IllegalArgumentException(
                    "batch normalisation needs at least 2 values of each feature to train on, got 1: use a larger batch");
        }
        return List.of(x.shape(), features, features);
    }

    @Override
    public void run(OpContext context) {
        INDArray x = context.getInputArray(0);
        float[] gamma = values(context.getInputArray(1));
        float[] beta = values(context.getInputArray(2));
        float[] mean = new float[gamma.length];
        float[] variance = new float[gamma.length];
        BatchNormKernel kernel = kernel(x, over(iArguments));
        kernel.statistics(x, mean, variance);
        kernel.apply(x, context.getOutputArray(0), BatchNorm.scale(gamma, variance), mean, beta, isRelu(iArguments));
        put(context.getOutputArray(1), mean);
        put(context.getOutputArray(2), variance);
    }

    @Override
    public List<SDVariable> doDiff(List<SDVariable> gradients) {
        SDVariable[] outputs = outputVariables();
        SDVariable[] inputs = {arg(0), arg(1), outputs[1], outputs[2], gradients.get(0), outputs[0]};
        BatchNormGradient gradient = new BatchNormGradient(
                isRelu(iArguments) ? inputs : Arrays.copyOf(inputs, inputs.length - 1), over(iArguments));
        return List.of(gradient.outputVariables());
    }

    static BatchNorm.Over over(List<Long> arguments) {
        return BatchNorm.Over.values()[arguments.get(0).intValue()];
    }

    static boolean isRelu(List<Long> arguments) {
        return arguments.get(1) == 1;
    }

    /** The loops for arrays of x's shape. */
    static BatchNormKernel kernel(INDArray x, BatchNorm.Over over) {
        long positions = x.size(2) * x.size(3);
        return over == BatchNorm.Over.CHANNELS
                ? new BatchNormKernel(x.size(0), x.size(1), positions)
                : new BatchNormKernel(x.size(0) * x.size(1), positions, 1);
    }

    /** Checks that every input but x has a value a feature. Returns the number of features. */
    static long requireFit(String operation, INDArray x, BatchNorm.Over over, OpContext context) {
        if (x.rank() != 4) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "%s: x must be [B, C, H, W], got %s", operation, Arrays.toString(x.shape())));
        }
        long features = over == BatchNorm.Over.CHANNELS ? x.size(1) : x.size(2) * x.size(3);
        for (int i = 1; i < context.numInputArguments(); i++) {
            if (context.getInputArray(i).length() != features) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "%s: input %d must be [%d] for x of %s, got %s",
                        operation,
                        i,
                        features,
                        Arrays.toString(x.shape()),
                        Arrays.toString(context.getInputArray(i).shape())));
            }
        }
        return features;
    }

    static float[] values(INDArray array) {
        float[] values = new float[(int) array.length()];
        Floats.read(array).get(values);
        return values;
    }

    static void put(INDArray array, float[] values) {
        Floats.write(array, buffer -> buffer.put(values));
    }
}
