package io.github.ram.model.ram.gradient;

import io.github.ram.model.ram.network.Networks;
import io.github.ram.model.ram.network.RamConfig;
import io.github.ram.model.ram.rollout.Matrix;
import io.github.ram.model.ram.rollout.RolloutBatch;
import io.github.ram.model.ram.rollout.Sensor;

/**
 * The forward and backward pass of the five networks for n rollouts. This copy of the rollout exists because the
 * backward pass needs the outputs of every layer.
 */
public final class RolloutPass {

    private final RamConfig config;
    private final int n;
    private final Sensor sensor;
    private final GlimpsePass glimpse;
    private final CorePass core;
    private final LocationPass location; // null with one glimpse
    private final BaselinePass baseline;
    private final ActionPass action;
    private final Matrix located; // the inputs of the location network
    private final float[] rewards;

    /**
     * Makes the working memory for n rollouts.
     *
     * @param layers weights to read, and gradients to add to
     * @param n rollouts that each {@link #run} takes, at least 1
     */
    public RolloutPass(RamConfig config, Sensor sensor, Layers layers, LossWeights objective, int n) {
        Networks networks = Networks.of(config);
        this.config = config;
        this.n = n;
        this.sensor = sensor;
        this.glimpse = new GlimpsePass(config, networks.glimpse(), layers, n);
        this.core = CorePass.of(config, networks.core(), layers, n);
        this.baseline = new BaselinePass(config, networks.baseline(), layers, n);
        this.action = new ActionPass(config, networks.action(), layers, objective, n);
        boolean moves = config.steps() > 1;
        this.location = moves ? new LocationPass(config, networks.location(), layers, objective, n) : null;
        this.located = moves ? core.states().span(0, config.steps() - 1).all() : null;
        this.rewards = new float[n];
    }

    /** Runs rollouts [from, from + n) of a batch, adds their gradients to the layers, and returns their losses. */
    public Losses run(LearningBatch batch, int from) {
        rollOut(batch.rollouts(), from);
        double classification = action.forward(core.states(), batch, from);
        for (int i = 0; i < n; i++) {
            rewards[i] = batch.reward(from + i);
        }
        int size = batch.rollouts().size();
        double error = baseline.learn(core.states().all(), rewards, size);
        double policy = location == null ? 0 : location.learn(located, rewards, baseline, batch.rollouts(), from);
        action.learn(core.states());
        core.learn(action, glimpse.output(), glimpse.gradient());
        glimpse.learn();
        return new Losses(classification, error, policy);
    }

    private void rollOut(RolloutBatch batch, int from) {
        glimpse.begin();
        core.begin();
        System.arraycopy(batch.starts(), 2 * from, batch.locations(), 2 * from, 2 * n);
        for (int t = 0; t < config.steps(); t++) {
            int row = t * batch.size() + from;
            sensor.look(batch, t, from, n, batch.glimpses(), row * config.glimpseSize());
            Matrix g = glimpse.forward(t, batch.glimpses(), batch.locations(), row);
            Matrix state = core.forward(t, g);
            if (t < config.steps() - 1) {
                location.forward(t, state, batch, from);
            }
        }
    }
}
