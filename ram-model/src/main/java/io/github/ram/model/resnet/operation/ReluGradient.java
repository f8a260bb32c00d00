package io.github.ram.model.resnet.operation;

import io.github.ram.model.graph.JavaOperation;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ops.OpContext;

/**
 * The gradient of relu. Inputs: the gradient of relu's result, and the result. Output: the former where the latter is
 * above 0, and 0 elsewhere. All have one shape.
 */
public final class ReluGradient extends JavaOperation {

    static {
        register(new ReluGradient());
    }

    /** For SameDiff. */
    public ReluGradient() {}

    ReluGradient(SDVariable gradient, SDVariable result) {
        super(gradient, result);
    }

    @Override
    public String opName() {
        return "resnet_relu_gradient";
    }

    @Override
    public int getNumOutputs() {
        return 1;
    }

    @Override
    protected List<long[]> outputShapes(OpContext context) {
        return List.of(SumAndRelu.requireSame(opName(), context));
    }

    @Override
    public void run(OpContext context) {
        SumAndRelu.pairwise(context, Relu::mask);
    }

    @Override
    public List<SDVariable> doDiff(List<SDVariable> gradients) {
        throw new UnsupportedOperationException("relu has no second derivative here");
    }
}
