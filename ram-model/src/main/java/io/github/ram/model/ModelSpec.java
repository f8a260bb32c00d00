package io.github.ram.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.github.ram.model.graph.StoredGraph;
import io.github.ram.model.ram.RamSpec;
import io.github.ram.model.resnet.ResNetSpec;
import java.util.List;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * The description of a model without its parameters. This interface is also the contract of a family of models.
 *
 * <p>A family is one package with one implementation of this interface. The list of subtypes below registers the
 * families. The property {@code family} of a manifest names the family; a manifest without the property describes a
 * {@link RamSpec}. The trainer, the checkpoint and the service depend on this interface only.
 */
@JsonTypeInfo(
        use = JsonTypeInfo.Id.NAME,
        include = JsonTypeInfo.As.EXISTING_PROPERTY,
        property = "family",
        defaultImpl = RamSpec.class)
@JsonSubTypes({
    @JsonSubTypes.Type(value = RamSpec.class, name = RamSpec.FAMILY),
    @JsonSubTypes.Type(value = ResNetSpec.class, name = ResNetSpec.FAMILY)
})
public interface ModelSpec {

    /** Name of the family, such as {@code ram}. A model's name is {@code FAMILY-DATASET}. */
    String family();

    /** Shape of the model's input images. */
    ImageShape image();

    /** The normalisation of the pixels. */
    Normalisation input();

    /**
     * Returns a query for an image of bytes.
     *
     * @param pixels unsigned bytes [H, W, C], where 0 is the background
     * @param rollouts M, in [1, 1000]
     */
    default Query query(byte[] pixels, int rollouts) {
        return Query.of(pixels, input().table(), rollouts);
    }

    /** The class names, in the order of the probabilities. */
    List<String> labels();

    /** Glimpses per prediction; 0 for a model with soft attention. */
    default int glimpses() {
        return 0;
    }

    /** The oldest checkpoint format that can hold the model. */
    int format();

    /** Multiply-adds of the forward pass of one image. */
    long multiplyAdds();

    /** The parameters, in the order of the forward pass. */
    List<Parameter> parameters();

    /** Name of the last layer. The logits are linear in {@code NAME.weight} and {@code NAME.bias}. */
    String logitLayer();

    /** Whether the weights of dense layers are [out, in]; otherwise they are [in, out]. */
    boolean outputsFirst();

    /**
     * Returns the initial parameters.
     *
     * @param seed seed of the random values; equal seeds give equal values on every machine
     */
    Parameters initial(long seed);

    /** Returns the inference graph, which shares the parameters' arrays. A checkpoint stores this graph. */
    SameDiff graph(Parameters parameters);

    /**
     * Returns the model as an ONNX file for other programs. The graph takes pixels in [0, 1] and normalises them.
     *
     * @param name name of the graph
     */
    byte[] onnx(String name, ModelWeights weights);

    /**
     * Checks that a stored graph is this model's inference graph.
     *
     * @throws IllegalArgumentException if the graph differs; the message names the difference
     */
    void check(StoredGraph graph);

    /** The engines that can run the model on this machine, the fastest first; it is what {@code auto} stands for. */
    List<EngineChoice> engines();

    /**
     * Returns a classifier.
     *
     * @param engine the engine that runs the model
     * @param weights the model's weights; later changes of the weights may or may not affect the classifier
     * @param capacity largest batch in images or rollouts, at least 1
     * @throws IllegalArgumentException if the family has no such engine
     */
    Classifier classifier(EngineChoice engine, ModelWeights weights, int capacity);

    /**
     * Returns a learning, which computes the losses and gradients of batches.
     *
     * @param objective an objective of this family
     * @param parameters the parameters; each batch reads them in place
     * @throws IllegalArgumentException if the objective belongs to another family
     */
    Learning learning(Objective objective, EngineChoice engine, Parameters parameters);

    /**
     * Returns the model to use with trained parameters. The result has the values that training leaves open, such as
     * RAM's first location.
     */
    default ModelSpec settled(Parameters parameters, Judge judge) {
        return this;
    }

    /** Scores candidate models on the validation images. */
    interface Judge {

        /** Number of validation images. */
        int images();

        /**
         * Returns the mean cross-entropy of a candidate with the current parameters.
         *
         * @param images number of the first validation images to use, in [1, {@link #images}]
         */
        double crossEntropy(ModelSpec candidate, int images);
    }
}
