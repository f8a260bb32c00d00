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
 * The derivative of a loss, added to its own graph by the chain rule: operations are visited from the last to the
 * first, and each one turns the gradients of its outputs into those of its inputs.
 *
 * <p>The rules of the single operations are SameDiff's. Its own pass over the graph is not used: it copies the graph,
 * and prints a line to standard output for each operation.
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
     * @return by the names of the graph's variables, the names of their gradients; a variable that the loss does not
     *     depend on is absent
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
        List<SameDiffOp> order = new ArrayList<>(graph.getOps().values()); // in the order of their making: forward
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
