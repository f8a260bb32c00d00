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
 * A SameDiff graph made ready to run many times on inputs of the same shapes: its operations in order,
 * each with its arrays already in place.
 *
 * <p>A SameDiff session finds out anew at every call which operations it needs and in which order, and
 * allocates every result; that costs several times what the operations themselves do. A plan settles both
 * once. It reads the graph's weights where they are, so it follows every change made to them in place.
 *
 * <p>Straight-line graphs only: no loops, no branches. Not for use by several threads at a time.
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
     * Plans a graph by running it once.
     *
     * @param inputs an array a placeholder, of the shapes to be planned for; the plan keeps them, and
     *     each run reads them
     * @param outputs names of the variables wanted
     * @throws IllegalArgumentException if the graph lacks an output, an input that it takes to compute
     *     them is not given, or it takes an operation that a plan cannot run
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
        this.outputs.forEach(this::array); // also those that no operation computes, such as a weight
        free.clear();
    }

    /** Runs the graph on what its inputs hold now. */
    public void run() {
        for (Runnable step : steps) {
            step.run();
        }
    }

    /** The array of an output, row-major and contiguous. Each run overwrites it. */
    public INDArray output(String name) {
        if (!outputs.contains(name)) {
            throw new IllegalArgumentException(name + " is not an output of this plan: " + outputs);
        }
        return arrays.get(source(name));
    }

    /** Puts the operations that a variable needs, and then its own, into the order of execution. */
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
            throw refusal(operation);
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

    /** Whether an operation is more than a function of its inputs' arrays: of a loop, a branch or a list. */
    private static boolean isControl(DifferentialFunction operation) {
        return operation instanceof BaseCompatOp
                || operation instanceof BaseTensorOp
                || operation instanceof Invoke
                || operation instanceof CreateView;
    }

    /** The variable whose array this one shares. */
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
                throw new IllegalArgumentException("no array was given for placeholder " + name);
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
            throw refusal(operation);
        }
        step.run();
        steps.add(step);
        for (String input : inputs(operation)) {
            release(source(input));
        }
    }

    private static IllegalArgumentException refusal(SameDiffOp operation) {
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
            // Some operations cannot tell their type from their inputs; the graph knows it. Whatever order
            // an operation would choose, every array here is row-major.
            LongShapeDescriptor shape = LongShapeDescriptor.fromShape(
                    shapes.get(i).getShape(), graph.getVariable(names.get(i)).dataType());
            Deque<INDArray> spare = free.get(shape);
            INDArray output = spare == null || spare.isEmpty() ? Nd4j.create(shape, false) : spare.pop();
            arrays.put(names.get(i), output);
            context.setOutputArray(i, output);
        }
    }

    /** After the last use of a result its array serves another of the same shape: it is still in the cache. */
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
