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
 * An operation of a SameDiff graph that Java computes, where ND4J's native library has none or a slow one. All its
 * inputs and outputs are float32, and its outputs are row-major.
 *
 * <p>SameDiff saves it by its name and its integer and floating arguments. A graph that holds it runs in a
 * {@link GraphPlan} and in SameDiff's own inference sessions.
 */
public abstract class JavaOperation extends DynamicCustomOp {

    static {
        SameDiff.bindInferenceFactory(JavaSession::new);
    }

    /** For SameDiff, which fills in the arguments when it loads a graph. */
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

    /** The shapes of the outputs, and the check that the inputs fit. */
    protected abstract List<long[]> outputShapes(OpContext context);

    @Override
    public final List<LongShapeDescriptor> calculateOutputShape(OpContext context) {
        return outputShapes(context).stream()
                .map(shape -> LongShapeDescriptor.fromShape(shape, DataType.FLOAT))
                .toList();
    }

    @Override
    public final List<LongShapeDescriptor> calculateOutputShape() {
        throw new UnsupportedOperationException(opName() + " needs its inputs to know the shape of its outputs");
    }

    @Override
    public final List<DataType> calculateOutputDataTypes(List<DataType> inputs) {
        return Collections.nCopies(getNumOutputs(), DataType.FLOAT);
    }

    /** SameDiff saves this number with a graph's node, and reads nothing from it for an operation with a name. */
    @Override
    public final int opNum() {
        return 0x676c696d;
    }

    /** The native library finds an operation by this hash. It lacks this one, and would crash without a message. */
    @Override
    public final long opHash() {
        throw new IllegalStateException(opName()
                + " was given to a session that cannot run it: register the operation before the graph is made");
    }

    // SameDiff saves and restores an operation's arguments itself; without these three methods it fails.

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
