package io.github.ram.model.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.autodiff.samediff.internal.Variable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.BaseOp;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.custom.Invoke;
import org.nd4j.linalg.api.ops.impl.controlflow.compat.BaseCompatOp;
import org.nd4j.linalg.api.ops.impl.controlflow.compat.StopGradient;
import org.nd4j.linalg.api.ops.impl.reduce.Mmul;
import org.nd4j.linalg.api.ops.impl.shape.CreateView;
import org.nd4j.linalg.api.ops.impl.shape.tensorops.BaseTensorOp;
import org.nd4j.linalg.api.ops.impl.transforms.same.Identity;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A SameDiff graph prepared for repeated runs on inputs of fixed shapes. The plan has the operations in order, each
 * with its arrays allocated.
 *
 * <p>A SameDiff session sorts the operations and allocates every result in each call. That takes several times as
 * long as the operations. A plan does both once. A plan reads the graph's weights in place, so later changes of the
 * weights take effect.
 *
 * <p>A plan supports no loops and no branches. Only one thread may use a plan at a time.
 */
public final class GraphPlan {

    private final SameDiff graph;
    private final Map<String, INDArray> arrays = new HashMap<>();
    private final Map<String, Integer> uses = new HashMap<>();
    private final Map<String, String> aliases = new HashMap<>();
    private final Map<LongShapeDescriptor, Deque<INDArray>> free = new HashMap<>();
    private final Collection<String> outputs;
    private final List<Runnable> steps = new ArrayList<>();

    /**
     * Plans a graph and runs it once.
     *
     * @param inputs one array per placeholder, with the shapes of all runs; the plan keeps the arrays, and each run
     *     reads them
     * @param outputs names of the variables to compute
     * @throws IllegalArgumentException if an output or a required input is missing, or if a plan cannot run an
     *     operation
     */
    public GraphPlan(SameDiff graph, Map<String, INDArray> inputs, Collection<String> outputs) {
        Backend.initialise();
        this.graph = graph;
        this.outputs = List.copyOf(outputs);
        arrays.putAll(inputs);
        Map<String, SameDiffOp> order = new LinkedHashMap<>();
        outputs.forEach(output -> visit(output, order));
        outputs.forEach(output -> uses.merge(source(output), 1, Integer::sum));
        order.values().forEach(this::add);
        this.outputs.forEach(this::array); // also outputs without an operation, such as a weight
        free.clear();
    }

    /** Runs the graph on the current values of its inputs. */
    public void run() {
        for (Runnable step : steps) {
            step.run();
        }
    }

    /** Returns the array of an output, row-major and contiguous. Each run overwrites the array. */
    public INDArray output(String name) {
        if (!outputs.contains(name)) {
            throw new IllegalArgumentException(name + " is not an output of this plan: " + outputs);
        }
        return arrays.get(source(name));
    }

    /** Appends the operations that compute a variable to the order of execution, dependencies first. */
    private void visit(String variable, Map<String, SameDiffOp> order) {
        Variable declared = graph.getVariables().get(variable);
        if (declared == null) {
            throw new IllegalArgumentException("the graph has no variable " + variable);
        }
        String name = declared.getOutputOfOp();
        if (name == null || order.containsKey(name)) {
            return;
        }
        SameDiffOp operation = graph.getOps().get(name);
        if (isControl(operation.getOp())) {
            throw unsupported(operation);
        }
        List<String> inputs = inputs(operation);
        inputs.forEach(input -> visit(input, order));
        order.put(name, operation);
        if (passesThrough(operation.getOp())) {
            aliases.put(operation.getOutputsOfOp().get(0), inputs.get(0));
        } else {
            inputs.forEach(input -> uses.merge(source(input), 1, Integer::sum));
        }
    }

    private static List<String> inputs(SameDiffOp operation) {
        List<String> inputs = operation.getInputsToOp();
        return inputs == null ? List.of() : inputs;
    }

    private static boolean passesThrough(DifferentialFunction operation) {
        return operation instanceof Identity || operation instanceof StopGradient;
    }

    /** Whether an operation belongs to a loop, a branch or a list, and so is no function of arrays. */
    private static boolean isControl(DifferentialFunction operation) {
        return operation instanceof BaseCompatOp
                || operation instanceof BaseTensorOp
                || operation instanceof Invoke
                || operation instanceof CreateView;
    }

    /** Returns the variable whose array a variable shares. */
    private String source(String variable) {
        String source = variable;
        while (aliases.containsKey(source)) {
            source = aliases.get(source);
        }
        return source;
    }

    private INDArray array(String variable) {
        return arrays.computeIfAbsent(source(variable), name -> {
            SDVariable declared = graph.getVariable(name);
            boolean held = declared.getVariableType() == VariableType.VARIABLE
                    || declared.getVariableType() == VariableType.CONSTANT;
            if (!held) {
                throw new IllegalArgumentException("an array is missing for placeholder " + name);
            }
            return declared.getArr();
        });
    }

    private void add(SameDiffOp operation) {
        if (passesThrough(operation.getOp())) {
            return;
        }
        INDArray[] inputs = inputs(operation).stream().map(this::array).toArray(INDArray[]::new);
        OpContext context = Nd4j.getExecutioner().buildContext();
        Runnable step;
        if (operation.getOp() instanceof DynamicCustomOp op) {
            context.setArgs(inputs, op.iArgs(), op.dArgs(), op.tArgs(), op.bArgs());
            // OpenBLAS multiplies small matrices faster than oneDNN.
            context.allowHelpers(!(op instanceof Mmul));
            setOutputs(context, operation, op.calculateOutputShape(context));
            step = op instanceof JavaOperation java
                    ? () -> java.run(context)
                    : () -> Nd4j.getExecutioner().exec((CustomOp) op, context);
        } else if (operation.getOp() instanceof Op op && inputs.length == 1) {
            context.setInputArray(0, inputs[0]);
            setOutputs(context, operation, shapes(operation, context));
            step = () -> Nd4j.getExecutioner().exec(op, context);
        } else {
            throw unsupported(operation);
        }
        step.run();
        steps.add(step);
        for (String input : inputs(operation)) {
            release(source(input));
        }
    }

    private static IllegalArgumentException unsupported(SameDiffOp operation) {
        return new IllegalArgumentException(String.format(
                Locale.ROOT,
                "a plan cannot run operation %s (%s)",
                operation.getName(),
                operation.getOp().opName()));
    }

    private static List<LongShapeDescriptor> shapes(SameDiffOp operation, OpContext context) {
        return ((BaseOp) operation.getOp()).calculateOutputShape(context);
    }

    private void setOutputs(OpContext context, SameDiffOp operation, List<LongShapeDescriptor> shapes) {
        List<String> names = operation.getOutputsOfOp();
        for (int i = 0; i < names.size(); i++) {
            // The graph knows the data type where an operation cannot derive it from its inputs. Every array is
            // row-major, whatever layout the operation prefers.
            LongShapeDescriptor shape = LongShapeDescriptor.fromShape(
                    shapes.get(i).getShape(), graph.getVariable(names.get(i)).dataType());
            Deque<INDArray> spare = free.get(shape);
            INDArray output = spare == null || spare.isEmpty() ? Nd4j.create(shape, false) : spare.pop();
            arrays.put(names.get(i), output);
            context.setOutputArray(i, output);
        }
    }

    /**
     * Makes the array of a result available for another result of the same shape after its last use. The array is
     * still in the processor's cache.
     */
    private void release(String variable) {
        boolean computed = graph.getVariables().get(variable).getOutputOfOp() != null;
        if (uses.merge(variable, -1, Integer::sum) == 0 && computed) {
            INDArray array = arrays.get(variable);
            LongShapeDescriptor shape = LongShapeDescriptor.fromShape(array.shape(), array.dataType());
            free.computeIfAbsent(shape, key -> new ArrayDeque<>()).push(array);
        }
    }

    @Override
    public String toString() {
        return "plan of " + steps.size() + " operations for " + Arrays.toString(outputs.toArray());
    }
}
