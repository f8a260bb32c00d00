package io.github.ram.model.ram;

import io.github.ram.model.graph.GraphPlan;
import io.github.ram.model.ram.gradient.LossWeights;
import io.github.ram.model.ram.network.Location;
import io.github.ram.model.ram.network.Weights;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Computes the learned first location: μ₁, the output of the location network for the zero state. */
public final class LearnedStart {

    private final GraphPlan plan;

    /** @param weights weights that each call of {@link #mean()} reads in place */
    public LearnedStart(Weights weights) {
        this.plan = new GraphPlan(
                LearningGraph.build(weights, new LossWeights(0, 0, true)), Map.of(), List.of(LearningGraph.START_MEAN));
    }

    /** Returns the mean with the current weights. */
    public Location mean() {
        plan.run();
        INDArray mean = plan.output(LearningGraph.START_MEAN); // [1, 2]
        return new Location(mean.getFloat(0), mean.getFloat(1));
    }

    static Location mean(Weights weights) {
        return new LearnedStart(weights).mean();
    }
}
