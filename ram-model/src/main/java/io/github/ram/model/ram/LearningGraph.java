package io.github.ram.model.ram;

import io.github.ram.model.ram.gradient.LossWeights;
import io.github.ram.model.ram.network.ActionNetwork;
import io.github.ram.model.ram.network.CoreNetwork;
import io.github.ram.model.ram.network.Networks;
import io.github.ram.model.ram.network.RamConfig;
import io.github.ram.model.ram.network.Weights;
import java.util.Arrays;
import org.nd4j.autodiff.loss.LossReduce;
import org.nd4j.autodiff.samediff.SDIndex;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.impl.controlflow.compat.StopGradient;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The losses of finished rollouts, for all T steps at once.
 *
 * <p>The locations and glimpses of a finished rollout are constants, because the policy's gradient needs no path
 * through the sensor. So each layer except the recurrent one is a single product over T·B rows.
 *
 * <p>Placeholders, which are outputs of {@link RolloutGraph}: {@link RolloutGraph#GLIMPSES} [T, B, P],
 * {@link RolloutGraph#LOCATIONS} [T, B, 2], {@link RolloutGraph#SAMPLES} [T − 1, B, 2] (absent with one glimpse); and
 * {@link #LABELS} [B, classes], 1 at the class and 0 elsewhere; {@link #REWARDS} [B, 1], R = 1 if the rollout's class
 * was correct, else 0; with a learned start {@link #START_SAMPLES} [B, 2], first locations before clipping.
 *
 * <p>Losses, each a mean over the batch:
 *
 * <ul>
 *   <li>{@link #CLASSIFICATION_LOSS}: cross-entropy of p after the last glimpse; if earlier steps have a weight, Σ
 *       wₜ·CEₜ / Σ wₜ over the action network's probabilities after each glimpse.
 *   <li>{@link #BASELINE_LOSS}: mean squared error of b₁…b_T against R.
 *   <li>{@link #POLICY_LOSS}: REINFORCE, the sum over the steps of −log π(lₜ₊₁ | μₜ₊₁)·(R − bₜ), where (R − bₜ) is a
 *       constant. The samples are unclipped, and each of them has a glimpse.
 *   <li>{@link #LOSS}: classification + baseline + λ·policy.
 * </ul>
 *
 * The location and baseline networks read the core's state as a constant, so their losses have no gradient in the
 * core. With one glimpse W_h has no gradient. With one glimpse and a fixed start the location network has no
 * gradient.
 */
public final class LearningGraph {

    /** Placeholder: classes [B, classes], one-hot, float32. */
    public static final String LABELS = "labels";

    /** Placeholder: rewards R [B, 1]. */
    public static final String REWARDS = "rewards";

    /** Placeholder, with a learned start only: first locations before clipping [B, 2]. */
    public static final String START_SAMPLES = "startSamples";

    /** Output, with a learned start only: μ₁ [1, 2], the mean of the policy for the first location. */
    public static final String START_MEAN = "startMean";

    /** Output: the total loss, a scalar. */
    public static final String LOSS = "loss";

    /** Output: cross-entropy, a scalar. */
    public static final String CLASSIFICATION_LOSS = "classificationLoss";

    /** Output: mean squared error of the baseline, a scalar. */
    public static final String BASELINE_LOSS = "baselineLoss";

    /** Output: REINFORCE, a scalar. */
    public static final String POLICY_LOSS = "policyLoss";

    private LearningGraph() {}

    /**
     * Builds the graph, which shares the weights' arrays.
     *
     * @param objective weights of the losses
     */
    public static SameDiff build(Weights weights, LossWeights objective) {
        RamConfig config = weights.config();
        Networks networks = Networks.of(config);
        int steps = config.steps();

        SameDiff graph = SameDiff.create();
        weights.declare(graph);
        SDVariable glimpses = graph.placeHolder(RolloutGraph.GLIMPSES, DataType.FLOAT, steps, -1, config.glimpseSize());
        SDVariable locations = graph.placeHolder(RolloutGraph.LOCATIONS, DataType.FLOAT, steps, -1, 2);
        SDVariable labels = graph.placeHolder(LABELS, DataType.FLOAT, -1, config.classes());
        SDVariable rewards = graph.placeHolder(REWARDS, DataType.FLOAT, -1, 1);

        SDVariable g = networks.glimpse()
                .apply(
                        graph.reshape(glimpses, -1, config.glimpseSize()),
                        graph.reshape(locations, -1, 2)); // [T·B, glimpse]
        SDVariable[] projected = split(networks.core().project(g), steps); // T of [B, core] or [B, 4·core]
        SDVariable[] states = new SDVariable[steps];
        CoreNetwork.State state = networks.core().first(projected[0]);
        states[0] = state.h(); // [B, core]
        for (int t = 1; t < steps; t++) {
            state = networks.core().next(projected[t], state);
            states[t] = state.h(); // [B, core]
        }

        SDVariable classification = classification(networks.action(), states, labels, objective.stepWeight());

        SDVariable baseline = networks.baseline().apply(constant(rows(states))); // [T·B, 1]
        SDVariable error = baseline.sub(graph.tile(rewards, steps, 1)); // [T·B, 1]
        SDVariable baselineLoss = graph.mean(BASELINE_LOSS, graph.math().square(error)); // scalar

        SDVariable policy = null;
        if (steps > 1) {
            SDVariable samples = graph.placeHolder(RolloutGraph.SAMPLES, DataType.FLOAT, steps - 1, -1, 2);
            SDVariable mean = networks.location().apply(constant(rows(Arrays.copyOf(states, steps - 1))));
            SDVariable advantage = constant(graph.reshape(error, steps, -1).get(SDIndex.interval(0, steps - 1)))
                    .neg(); // R − bₜ: [T − 1, B]
            SDVariable surprise = surprise(graph.reshape(samples, -1, 2), mean, config.std()); // [(T − 1)·B]
            policy = graph.mean(surprise.mul(graph.reshape(advantage, -1))).mul(steps - 1.0);
        }
        if (objective.learnedStart()) {
            SDVariable samples = graph.placeHolder(START_SAMPLES, DataType.FLOAT, -1, 2);
            SDVariable mean = networks.location()
                    .head(graph.getVariable(networks.location().fc().bias()))
                    .rename(START_MEAN); // [1, 2]
            SDVariable advantage = rewards.sub(
                    constant(graph.getVariable(networks.baseline().fc().bias()))); // R − b₀, and b₀ = c: [B, 1]
            SDVariable surprise = surprise(samples, mean, config.std()); // [B]
            SDVariable start = graph.mean(surprise.mul(graph.reshape(advantage, -1)));
            policy = policy == null ? start : policy.add(start);
        }
        SDVariable loss = classification.add(baselineLoss);
        if (policy == null) {
            loss.rename(LOSS);
            graph.constant(POLICY_LOSS, 0f);
        } else {
            loss.add(LOSS, policy.rename(POLICY_LOSS).mul(objective.policyWeight()));
        }
        graph.setLossVariables(LOSS);
        return graph;
    }

    /**
     * Returns the mean cross-entropy of the action network's probabilities after each glimpse.
     *
     * @param states h₁…h_T, each [B, core]
     * @param labels [B, classes]
     * @param stepWeight weight of each step before the last
     * @return a scalar
     */
    private static SDVariable classification(
            ActionNetwork action, SDVariable[] states, SDVariable labels, double stepWeight) {
        SameDiff graph = labels.getSameDiff();
        int steps = stepWeight == 0 ? 1 : states.length; // weight 0: skip the product
        SDVariable[] counted = Arrays.copyOfRange(states, states.length - steps, states.length);
        SDVariable logits = action.apply(rows(counted)); // [S·B, classes]
        float[] weightOfStep = new float[steps];
        Arrays.fill(weightOfStep, (float) stepWeight);
        weightOfStep[steps - 1] = 1;
        SDVariable ones = graph.reshape(labels.sum(1), 1, -1); // [1, B]
        SDVariable weights = graph.constant(Nd4j.createFromArray(weightOfStep).reshape(steps, 1))
                .mul(ones); // [S, B]
        // SameDiff's cross-entropy ignores its output's gradient and assumes 1. The gradient is 1 here, because the
        // loss has no factor for this term, and the cross-entropy includes the mean over the rows.
        return graph.loss()
                .softmaxCrossEntropy(
                        CLASSIFICATION_LOSS,
                        graph.tile(labels, steps, 1), // [S·B, classes]
                        logits,
                        graph.reshape(weights, -1), // [S·B]
                        LossReduce.MEAN_BY_WEIGHT,
                        0); // scalar
    }

    /** −log π(l | μ) of a normal distribution around μ: ‖l − μ‖² / 2σ² + log 2πσ². Shapes [N, 2] to [N]. */
    private static SDVariable surprise(SDVariable sample, SDVariable mean, double std) {
        SDVariable distance =
                sample.getSameDiff().math().square(sample.sub(mean)).sum(1); // [N]
        return distance.mul(1 / (2 * std * std)).add(Math.log(2 * Math.PI * std * std));
    }

    private static SDVariable constant(SDVariable x) {
        return new StopGradient(x.getSameDiff(), x).outputVariable();
    }

    private static SDVariable[] split(SDVariable rows, int steps) {
        return steps == 1 ? new SDVariable[] {rows} : rows.getSameDiff().split(rows, steps, 0);
    }

    private static SDVariable rows(SDVariable[] states) {
        return states.length == 1 ? states[0] : states[0].getSameDiff().concat(0, states);
    }
}
