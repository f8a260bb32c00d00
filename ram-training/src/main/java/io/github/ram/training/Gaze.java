package io.github.ram.training;

import io.github.ram.model.ModelSpec;
import io.github.ram.model.Weights;
import io.github.ram.model.engine.EngineChoice;
import io.github.ram.model.engine.RolloutBatch;
import io.github.ram.model.engine.RolloutEngine;

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
     */
    RolloutEngine engine(ModelSpec model, Weights weights) {
        RolloutEngine engine = EngineChoice.AUTO.live(model, weights);
        return this == POLICY ? engine : new RandomLocations(engine);
    }

    /** Makes a batch look so, on weights as {@link #engine} takes them. */
    void look(RolloutBatch batch) {
        if (this == RANDOM) {
            RandomLocations.choose(batch);
        }
    }
}
