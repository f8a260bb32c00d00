package io.github.ram.training.ram;

import io.github.ram.model.ModelSpec;
import io.github.ram.model.ram.Weights;
import io.github.ram.model.ram.engine.EngineChoice;
import io.github.ram.model.ram.engine.RolloutBatch;
import io.github.ram.model.ram.engine.RolloutEngine;

/** Who says where a model looks. */
public enum Gaze {
    /** Its policy. */
    POLICY,

    /** Chance: every location is as likely as any other. What a policy is worth is what it gains over this. */
    RANDOM;

    /**
     * An engine that runs weights and looks so.
     *
     * @param weights shared, not copied; with {@link #RANDOM} they must be {@link RandomLocations#blind blind}
     */
    public RolloutEngine engine(ModelSpec model, Weights weights) {
        RolloutEngine engine = EngineChoice.AUTO.live(model, weights);
        return this == POLICY ? engine : new RandomLocations(engine);
    }

    /** Makes a batch look so, on weights as {@link #engine} takes them. */
    public void look(RolloutBatch batch) {
        if (this == RANDOM) {
            RandomLocations.choose(batch);
        }
    }
}
