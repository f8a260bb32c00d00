package io.github.ram.model.resnet.operation;

import io.github.ram.model.graph.Floats;
import io.github.ram.model.graph.JavaOperation;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.OpContext;

/**
 * relu(x + y), one node of a SameDiff graph: the end of a residual block. Both inputs have one shape, which is the
 * output's, and one gradient.
 */
public final class SumAndRelu extends JavaOperation {

    /** Values that are worked on at a time: they stay in the first cache. */
    static final int CHUNK = 2048;

    static {
        register(new SumAndRelu());
    }

    /** For SameDiff. */
    public SumAndRelu() {}

    SumAndRelu(SDVariable x, SDVariable y) {
        super(x, y);
    }

    @Override
    public String opName() {
        return "resnet_sum_and_relu";
    }

    @Override
    public int getNumOutputs() {
        return 1;
    }

    @Override
    protected List<long[]> outputShapes(OpContext context) {
        return List.of(requireSame(opName(), context));
    }

    /** The shape that both inputs must have. */
    static long[] requireSame(String operation, OpContext context) {
        long[] x = context.getInputArray(0).shape();
        long[] y = context.getInputArray(1).shape();
        if (!Arrays.equals(x, y)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%s: both inputs must have one shape, got %s and %s",
                    operation,
                    Arrays.toString(x),
                    Arrays.toString(y)));
        }
        return x;
    }

    @Override
    public void run(OpContext context) {
        pairwise(context, Relu::ofSum);
    }

    /** Computes the output's values from those of both inputs, chunk by chunk. */
    static void pairwise(OpContext context, Pairwise function) {
        INDArray result = context.getOutputArray(0);
        FloatBuffer in = Floats.read(context.getInputArray(0));
        FloatBuffer other = Floats.read(context.getInputArray(1));
        int length = (int) result.length();
        float[] x = new float[CHUNK];
        float[] y = new float[CHUNK];
        Floats.write(result, out -> {
            for (int from = 0; from < length; from += CHUNK) {
                int n = Math.min(CHUNK, length - from);
                in.get(from, x, 0, n);
                other.get(from, y, 0, n);
                function.apply(x, y);
                out.put(from, x, 0, n);
            }
        });
    }

    /** A function of two arrays' values, whose results replace those of x. */
    interface Pairwise {
        void apply(float[] x, float[] y);
    }

    @Override
    public List<SDVariable> doDiff(List<SDVariable> gradients) {
        SDVariable gradient = new ReluGradient(gradients.get(0), outputVariable()).outputVariable();
        return List.of(gradient, gradient);
    }
}
