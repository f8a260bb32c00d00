package io.github.ram.model.ram;

import io.github.ram.model.Classifier;
import io.github.ram.model.EngineChoice;
import io.github.ram.model.ImageShape;
import io.github.ram.model.Learning;
import io.github.ram.model.ModelSpec;
import io.github.ram.model.ModelWeights;
import io.github.ram.model.Normalisation;
import io.github.ram.model.Objective;
import io.github.ram.model.Parameter;
import io.github.ram.model.Parameters;
import io.github.ram.model.graph.StoredGraph;
import io.github.ram.model.ram.engine.RolloutEngine;
import io.github.ram.model.ram.learning.RamLearning;
import io.github.ram.model.ram.network.GlimpseNetwork;
import io.github.ram.model.ram.network.Layer;
import io.github.ram.model.ram.network.Location;
import io.github.ram.model.ram.network.Networks;
import io.github.ram.model.ram.network.RamConfig;
import io.github.ram.model.ram.network.Weights;
import io.github.ram.model.ram.onnx.OnnxGraph;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * A Recurrent Attention Model.
 *
 * @param network the architecture
 * @param input normalisation of the pixels
 * @param start first location
 * @param labels class names
 * @param locations source of the next locations; null, as in older files, means {@link LocationSource#POLICY}
 */
public record RamSpec(
        RamConfig network, Normalisation input, StartLocation start, List<String> labels, LocationSource locations)
        implements ModelSpec {

    /** Name of the family. */
    public static final String FAMILY = "ram";

    public RamSpec {
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(labels, "labels").forEach(label -> Objects.requireNonNull(label, "a label"));
        labels = List.copyOf(labels);
        locations = locations == null ? LocationSource.POLICY : locations;
        if (labels.size() != network.classes()) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "labels must name %d classes, got %d", network.classes(), labels.size()));
        }
        input.requireFit(network.image());
    }

    /** Returns a model whose policy chooses the locations. */
    public static RamSpec of(RamConfig network, Normalisation input, StartLocation start, List<String> labels) {
        return new RamSpec(network, input, start, labels, LocationSource.POLICY);
    }

    /** Returns this model with another first location of the same kind. */
    public RamSpec startingAt(Location location) {
        return new RamSpec(network, input, new StartLocation(start.kind(), location), labels, locations);
    }

    /** Returns this model with another source of locations. */
    public RamSpec lookingBy(LocationSource source) {
        return new RamSpec(network, input, start, labels, source);
    }

    @Override
    public String family() {
        return FAMILY;
    }

    @Override
    public ImageShape image() {
        return network.image();
    }

    @Override
    public int glimpses() {
        return network.steps();
    }

    /** Returns 3 for random locations or statistics per channel, 2 for an LSTM, and 1 for all other models. */
    @Override
    public int format() {
        if (locations == LocationSource.RANDOM || input.channels() > 1) {
            return 3;
        }
        return network.core() == RamConfig.Core.LSTM ? 2 : 1;
    }

    @Override
    public List<Parameter> parameters() {
        return Weights.parameters(network);
    }

    @Override
    public String logitLayer() {
        return Networks.of(network).action().fc().name();
    }

    @Override
    public boolean outputsFirst() {
        return false;
    }

    /** Every glimpse but the last also takes the location network; W_h does not count at t = 1, where h is zero. */
    @Override
    public long multiplyAdds() {
        Networks networks = Networks.of(network);
        GlimpseNetwork glimpse = networks.glimpse();
        long each = Stream.of(
                        glimpse.fc1(),
                        glimpse.fc2(),
                        glimpse.fc3(),
                        glimpse.fc4(),
                        networks.core().input())
                .mapToLong(Layer::multiplyAdds)
                .sum();
        long between = Stream.of(
                        networks.core().recurrent(),
                        networks.location().fc(),
                        networks.location().mean())
                .mapToLong(Layer::multiplyAdds)
                .sum();
        int steps = network.steps();
        return steps * each + (steps - 1) * between + networks.action().fc().multiplyAdds();
    }

    @Override
    public Parameters initial(long seed) {
        Weights weights = Weights.initial(network, seed);
        return (locations == LocationSource.RANDOM ? weights.blind() : weights).parameters();
    }

    @Override
    public SameDiff graph(Parameters parameters) {
        return RolloutGraph.build(Weights.of(network, parameters), input.padding());
    }

    @Override
    public byte[] onnx(String name, ModelWeights weights) {
        return OnnxGraph.bytes(name, this, weights.values());
    }

    @Override
    public void check(StoredGraph graph) {
        StoredRollout.check(graph, this);
    }

    @Override
    public List<EngineChoice> engines() {
        return RolloutEngine.choices();
    }

    @Override
    public Classifier classifier(EngineChoice engine, ModelWeights weights, int capacity) {
        return new RamClassifier(this, RolloutEngine.of(engine, this, weights), capacity);
    }

    @Override
    public Learning learning(Objective objective, EngineChoice engine, Parameters parameters) {
        if (!(objective instanceof RamObjective own)) {
            throw new IllegalArgumentException("the objective must belong to the family ram, got " + objective);
        }
        return new RamLearning(this, own, engine, Weights.of(network, parameters));
    }

    /** Sets the first location: the judge selects a chosen start, and the policy computes a learned start. */
    @Override
    public RamSpec settled(Parameters parameters, Judge judge) {
        if (locations == LocationSource.RANDOM) {
            return this; // every rollout starts at a random location
        }
        return switch (start.kind()) {
            case FIXED -> this;
            case LEARNED -> startingAt(LearnedStart.mean(Weights.of(network, parameters)));
            case CHOSEN -> startingAt(new StartSearch(this, judge).best());
        };
    }
}
