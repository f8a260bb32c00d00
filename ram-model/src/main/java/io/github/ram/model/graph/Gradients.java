package io.github.ram.model.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;

/**
 * Adds the gradients of a loss to its graph by the chain rule. The operations run from the last to the first. Each
 * operation maps the gradients of its outputs to the gradients of its inputs.
 *
 * <p>SameDiff defines the gradient of each operation. SameDiff's backward pass over a graph is not used: it copies
 * the graph and prints a line for each operation.
 */
public final class Gradients {

    private final SameDiff graph;
    private final Map<String, SDVariable> gradients = new HashMap<>();

    private Gradients(SameDiff graph) {
        this.graph = graph;
    }

    /**
     * Adds the gradients to the graph of a loss.
     *
     * @param loss a scalar
     * @return names of gradients by names of variables; a variable without influence on the loss is absent
     */
    public static Map<String, String> of(SDVariable loss) {
        Gradients gradients = new Gradients(loss.getSameDiff());
        gradients.add(loss);
        Map<String, String> names = new HashMap<>();
        gradients.gradients.forEach((name, gradient) -> {
            if (gradients.graph.getVariable(name).getVariableType() == VariableType.VARIABLE) {
                names.put(name, gradient.name());
            }
        });
        return names;
    }

    private void add(SDVariable loss) {
        List<SameDiffOp> order = new ArrayList<>(graph.getOps().values()); // in forward order
        gradients.put(loss.name(), graph.onesLike(loss));
        for (int i = order.size() - 1; i >= 0; i--) {
            SameDiffOp operation = order.get(i);
            List<String> outputs = operation.getOutputsOfOp();
            if (outputs.stream().noneMatch(gradients::containsKey)) {
                continue;
            }
            List<SDVariable> given = new ArrayList<>();
            for (String output : outputs) {
                SDVariable gradient = gradients.get(output);
                given.add(gradient == null ? graph.zerosLike(graph.getVariable(output)) : gradient);
            }
            List<SDVariable> found = operation.getOp().doDiff(given);
            List<String> inputs = operation.getInputsToOp();
            for (int k = 0; k < found.size(); k++) {
                gradients.merge(inputs.get(k), found.get(k), SDVariable::add);
            }
        }
    }
}
