package io.github.ram.training;

import io.github.ram.model.RolloutGraph;
import io.github.ram.model.Weights;
import io.github.ram.model.engine.RolloutEngine;
import io.github.ram.model.engine.SameDiffEngine;

/** Who says where a model looks. */
enum Gaze {
    /** Its policy. */
    POLICY,

    /** Chance: every location is as likely as any other. What a policy is worth is what it gains over this. */
    RANDOM;

    /**
     * An engine that runs weights and looks so.
     *
     * @param weights shared, not copied; with {@link #RANDOM} they must be {@link RandomLocations#blind blind}
     * @param padding outside the image, in normalised units
     */
    RolloutEngine engine(Weights weights, double padding) {
        RolloutEngine engine = new SameDiffEngine(weights.config(), RolloutGraph.build(weights, padding));
        return this == POLICY ? engine : new RandomLocations(engine);
    }
}
