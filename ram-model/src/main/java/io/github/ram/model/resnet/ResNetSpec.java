package io.github.ram.model.resnet;

import com.fasterxml.jackson.annotation.JsonProperty;
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
import io.github.ram.model.graph.Backend;
import io.github.ram.model.graph.StoredGraph;
import io.github.ram.model.resnet.network.FirstParameters;
import io.github.ram.model.resnet.network.Layout;
import io.github.ram.model.resnet.network.ResNet;
import io.github.ram.model.resnet.network.ResNetConfig;
import io.github.ram.model.resnet.onnx.OnnxFile;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * A residual network for image classes.
 *
 * @param network the architecture
 * @param input how pixels become the model's input
 * @param labels the names of the classes
 */
public record ResNetSpec(ResNetConfig network, Normalisation input, List<String> labels) implements ModelSpec {

    /** Name of the family. */
    public static final String FAMILY = "resnet";

    public ResNetSpec {
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(labels, "labels").forEach(label -> Objects.requireNonNull(label, "a label"));
        labels = List.copyOf(labels);
        if (labels.size() != network.classes()) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "labels must name %d classes, got %d", network.classes(), labels.size()));
        }
        input.requireFit(network.image());
    }

    @Override
    @JsonProperty
    public String family() {
        return FAMILY;
    }

    @Override
    public ImageShape image() {
        return network.image();
    }

    @Override
    public int format() {
        return 3;
    }

    @Override
    public List<Parameter> parameters() {
        return Layout.of(network).parameters().stream()
                .map(Layout.Declared::parameter)
                .toList();
    }

    @Override
    public String logitLayer() {
        return "fc";
    }

    /** As in PyTorch. */
    @Override
    public boolean outputsFirst() {
        return true;
    }

    /** Multiplications, each with its addition, that one image takes. */
    public long multiplyAdds() {
        return Layout.of(network).multiplyAdds();
    }

    @Override
    public Parameters initial(long seed) {
        return FirstParameters.of(network, seed);
    }

    @Override
    public SameDiff graph(Parameters parameters) {
        return EvaluationGraph.build(network, parameters.arrays());
    }

    @Override
    public byte[] onnx(String name, ModelWeights weights) {
        return OnnxFile.of(name, network, input, labels, weights.values());
    }

    @Override
    public void check(StoredGraph graph) {
        graph.requireInput(ResNet.IMAGES, -1, image().height(), image().width(), image().channels());
        graph.requireVariable(ResNet.PROBABILITIES);
        Layout layout = Layout.of(network);
        layout.attention().forEach(layer -> graph.requireVariable(layer.map()));
        graph.values(parameters());
    }

    @Override
    public List<EngineChoice> engines() {
        return Backend.engines(EngineChoice.ONNXRUNTIME, EngineChoice.SAMEDIFF);
    }

    @Override
    public Classifier classifier(EngineChoice engine, ModelWeights weights, int capacity) {
        Map<String, FloatBuffer> values = weights.values();
        Inference inference = engine.among(engines()) == EngineChoice.ONNXRUNTIME
                ? OnnxInference.of(network, values)
                : new SameDiffInference(network, weights.graph());
        return new ResNetClassifier(this, inference, capacity, values);
    }

    @Override
    public Learning learning(Objective objective, EngineChoice engine, Parameters parameters) {
        if (!(objective instanceof ResNetObjective own)) {
            throw new IllegalArgumentException("the objective belongs to another family: " + objective);
        }
        return new ResNetLearning(network, own, parameters);
    }
}
