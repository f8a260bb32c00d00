package io.github.ram.model.graph;

import static io.github.ram.model.ram.TestArrays.uniform;

import io.github.ram.model.ram.TestArrays;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDIndex;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.controlflow.compat.StopGradient;

/** A plan lets results share memory. In random graphs no result may be overwritten while it is needed. */
class GraphPlanReuseTest {

    private static final long SEED = 7;

    @BeforeAll
    static void startBackend() {
        Backend.initialise();
    }

    @Test
    void randomGraphsGiveWhatSameDiffsSessionGives() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int trial = 0; trial < 60; trial++) {
            SameDiff graph = SameDiff.create();
            Map<String, INDArray> inputs = Map.of("a", uniform(random, 3, 4), "b", uniform(random, 3, 4));
            List<SDVariable> variables = new ArrayList<>(List.of(
                    graph.placeHolder("a", DataType.FLOAT, 3, 4),
                    graph.placeHolder("b", DataType.FLOAT, 3, 4),
                    graph.var("w", uniform(random, 3, 4))));
            for (int i = random.nextInt(5, 40); i > 0; i--) {
                variables.addAll(grow(random, graph, pick(random, variables), pick(random, variables)));
            }
            List<String> outputs = new ArrayList<>();
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                outputs.add(pick(random, variables).name());
            }

            GraphPlan plan = new GraphPlan(graph, inputs, outputs);
            plan.run();
            Map<String, INDArray> first = copies(plan, outputs);
            inputs.values().forEach(input -> input.muli(-0.5));
            plan.run();
            Map<String, INDArray> second = copies(plan, outputs);

            String where = "seed " + SEED + ", trial " + trial;
            graph.output(inputs, outputs)
                    .forEach((name, expected) -> TestArrays.assertBits(expected, second.get(name), where));
            inputs.values().forEach(input -> input.muli(-2));
            graph.output(inputs, outputs)
                    .forEach((name, expected) -> TestArrays.assertBits(expected, first.get(name), where));
        }
    }

    /** One more operation, its result of the same shape as its inputs. */
    private static List<SDVariable> grow(SplittableRandom random, SameDiff graph, SDVariable x, SDVariable y) {
        return switch (random.nextInt(9)) {
            case 0 -> List.of(x.add(y));
            case 1 -> List.of(x.mul(y));
            case 2 -> List.of(x.sub(y));
            case 3 -> List.of(graph.nn().relu(x, 0));
            case 4 -> List.of(graph.math().tanh(x));
            case 5 -> List.of(graph.identity(x));
            case 6 -> List.of(new StopGradient(graph, x).outputVariable());
            case 7 -> List.of(graph.concat(0, graph.split(x, 3, 0)[2], y.get(SDIndex.interval(0, 2))));
            default -> List.of(graph.reshape(graph.reshape(x, 4, 3), 3, 4));
        };
    }

    private static SDVariable pick(SplittableRandom random, List<SDVariable> variables) {
        // Mostly recent ones, so that graphs get deep, but also old ones, which must have been kept.
        int from = random.nextInt(3) == 0 ? 0 : Math.max(0, variables.size() - 4);
        return variables.get(random.nextInt(from, variables.size()));
    }

    private static Map<String, INDArray> copies(GraphPlan plan, List<String> outputs) {
        Map<String, INDArray> copies = new HashMap<>();
        outputs.forEach(name -> copies.put(name, plan.output(name).dup()));
        return copies;
    }
}
