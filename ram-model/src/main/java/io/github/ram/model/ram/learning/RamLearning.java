package io.github.ram.model.ram.learning;

import io.github.ram.model.EngineChoice;
import io.github.ram.model.Learning;
import io.github.ram.model.LossTerms;
import io.github.ram.model.ParameterGroup;
import io.github.ram.model.ram.LearnedStart;
import io.github.ram.model.ram.LearningGraph;
import io.github.ram.model.ram.LocationSource;
import io.github.ram.model.ram.RamObjective;
import io.github.ram.model.ram.RamSpec;
import io.github.ram.model.ram.StartLocation;
import io.github.ram.model.ram.engine.RandomLocations;
import io.github.ram.model.ram.gradient.LearningBatch;
import io.github.ram.model.ram.gradient.LossWeights;
import io.github.ram.model.ram.gradient.Losses;
import io.github.ram.model.ram.network.Location;
import io.github.ram.model.ram.network.Weights;
import io.github.ram.model.ram.rollout.RolloutBatch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Learns a Recurrent Attention Model: runs M sampled rollouts of each image, and computes the losses of
 * {@link LearningGraph} and their gradients.
 */
public final class RamLearning implements Learning {

    /**
     * λ of the published implementations. Its value hardly matters, because Adam rescales gradients and only
     * REINFORCE trains the location network.
     */
    private static final double POLICY_WEIGHT = 0.01;

    private final RamSpec model;
    private final RamObjective objective;
    private final LossWeights weights;
    private final LearningEngine engine;
    private final LearnedStart learnedStart; // null unless the policy learns the start
    private final List<ParameterGroup> groups;
    private LearningBatch batch; // M rollouts of the first image, then M of the second, and so on

    /** @param parameters weights, which each batch reads in place */
    public RamLearning(RamSpec model, RamObjective objective, EngineChoice engine, Weights parameters) {
        this.model = model;
        this.objective = objective;
        this.weights = weights(model, objective);
        this.engine = LearningEngine.of(engine, model, parameters, weights);
        this.learnedStart = weights.learnedStart() ? new LearnedStart(parameters) : null;
        this.groups = List.of(
                new ParameterGroup("policy", Weights.policy(model.network()), objective.policyRate(), false),
                new ParameterGroup("others", Weights.withoutPolicy(model.network()), 1, true));
    }

    /** Returns the weights for a model. With random locations the weight of REINFORCE is 0. */
    private static LossWeights weights(RamSpec model, RamObjective objective) {
        return new LossWeights(
                objective.stepWeight(),
                model.locations() == LocationSource.POLICY ? POLICY_WEIGHT : 0,
                model.start().kind() == StartLocation.Kind.LEARNED);
    }

    @Override
    public List<ParameterGroup> groups() {
        return groups;
    }

    @Override
    public LossTerms learn(Examples examples, SplittableRandom random) {
        prepare(examples, random);
        Losses losses = engine.run(batch);
        int n = batch.rollouts().size();
        int right = 0;
        for (int b = 0; b < n; b++) {
            right += (int) batch.reward(b);
        }
        Map<String, Double> terms = new LinkedHashMap<>();
        double loss = losses.classification() + losses.baseline() + weights.policyWeight() * losses.policy();
        terms.put(LossTerms.LOSS, loss);
        terms.put(LearningGraph.CLASSIFICATION_LOSS, losses.classification());
        terms.put(LearningGraph.BASELINE_LOSS, losses.baseline());
        terms.put(LearningGraph.POLICY_LOSS, losses.policy());
        terms.put(LossTerms.ACCURACY, (double) right / n);
        return new LossTerms(terms);
    }

    private void prepare(Examples examples, SplittableRandom random) {
        int rollouts = objective.rollouts();
        int n = examples.size() * rollouts;
        if (batch == null || batch.rollouts().capacity() < n) {
            batch = new LearningBatch(RolloutBatch.forLearning(model.network(), n));
        }
        RolloutBatch input = batch.rollouts();
        input.resize(n);
        int pixels = model.image().size();
        Location mean = learnedStart == null ? model.start().location() : learnedStart.mean();
        for (int b = 0; b < n; b++) {
            System.arraycopy(examples.images(), b / rollouts * pixels, input.images(), b * pixels, pixels);
            batch.labels()[b] = examples.labels()[b / rollouts];
            start(b, 0, mean.x(), random);
            start(b, 1, mean.y(), random);
        }
        for (int i = 0; i < 2 * n * (model.network().steps() - 1); i++) {
            input.noise()[i] = (float) random.nextGaussian();
        }
        if (model.locations() == LocationSource.RANDOM) {
            RandomLocations.choose(input);
        }
    }

    /** Sets a coordinate of the first location of rollout b. */
    private void start(int b, int axis, float mean, SplittableRandom random) {
        StartLocation.Kind kind = model.start().kind();
        float sample = switch (kind) {
            case FIXED -> mean;
            case LEARNED -> (float) (mean + model.network().std() * random.nextGaussian());
            case CHOSEN -> (float) (2 * random.nextDouble() - 1);
        };
        batch.startSamples()[2 * b + axis] = sample;
        batch.rollouts().starts()[2 * b + axis] = Math.max(-1, Math.min(1, sample));
    }

    @Override
    public INDArray gradient(String parameter) {
        return engine.gradient(parameter);
    }

    @Override
    public void close() {
        engine.close();
    }
}
