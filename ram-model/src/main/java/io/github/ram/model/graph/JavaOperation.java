package io.github.ram.model.graph;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.imports.converters.ImportClassMapping;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;

/**
 * A SameDiff operation in Java, for operations that ND4J's native library lacks or computes slowly. All inputs and
 * outputs are float32. Outputs are row-major.
 *
 * <p>SameDiff saves the operation's name, integer arguments and floating-point arguments. Its graph runs in a
 * {@link GraphPlan} and in SameDiff's inference sessions.
 */
public abstract class JavaOperation extends DynamicCustomOp {

    static {
        SameDiff.bindInferenceFactory(JavaSession::new);
    }

    /** Called by SameDiff, which sets the arguments when it loads a graph. */
    protected JavaOperation() {}

    /** Adds the operation to the graph of its inputs. */
    protected JavaOperation(SDVariable... inputs) {
        super(null, inputs[0].getSameDiff(), inputs, false);
    }

    /** Makes SameDiff recognise the operation in the graphs that it loads. */
    protected static void register(JavaOperation prototype) {
        ImportClassMapping.getOpNameMapping().put(prototype.opName(), prototype);
    }

    /** Computes the outputs of a context from its inputs. */
    public abstract void run(OpContext context);

    /** Checks the inputs and returns the shapes of the outputs. */
    protected abstract List<long[]> outputShapes(OpContext context);

    @Override
    public final List<LongShapeDescriptor> calculateOutputShape(OpContext context) {
        return outputShapes(context).stream()
                .map(shape -> LongShapeDescriptor.fromShape(shape, DataType.FLOAT))
                .toList();
    }

    @Override
    public final List<LongShapeDescriptor> calculateOutputShape() {
        throw new UnsupportedOperationException(
                opName() + " cannot compute the shapes of its outputs without its inputs");
    }

    @Override
    public final List<DataType> calculateOutputDataTypes(List<DataType> inputs) {
        return Collections.nCopies(getNumOutputs(), DataType.FLOAT);
    }

    /**
     * Returns a number that SameDiff saves with the graph. SameDiff ignores the number of an operation with a name.
     */
    @Override
    public final int opNum() {
        return 0x676c696d;
    }

    /** Throws, because the native library finds operations by this hash and would crash on an unknown hash. */
    @Override
    public final long opHash() {
        throw new IllegalStateException(opName()
                + " runs in a session without Java operations: register the operation before the graph is created");
    }

    // SameDiff saves and restores the arguments. It calls these three methods and fails without them.

    @Override
    public final Map<String, Object> propertiesForFunction() {
        return new LinkedHashMap<>();
    }

    @Override
    public final void setPropertiesForFunction(Map<String, Object> properties) {
        // Every property is an argument.
    }

    @Override
    public final void configureFromArguments() {
        // The operation reads its arguments where it uses them.
    }
}
