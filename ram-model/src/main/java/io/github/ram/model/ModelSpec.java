package io.github.ram.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.github.ram.model.graph.StoredGraph;
import io.github.ram.model.ram.RamSpec;
import io.github.ram.model.resnet.ResNetSpec;
import java.util.List;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * Everything that must be known of a model, beside its parameters, to use it; and what a family of models has to
 * provide.
 *
 * <p>A family is one package with one implementation of this interface. Its registration is the list of subtypes
 * below: the property {@code family} of a manifest names it, and a manifest without that property belongs to
 * {@link RamSpec}. The trainer, the checkpoint and the service know this interface only.
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

    /** Name of the family, such as {@code ram}: models are named {@code FAMILY-DATASET}. */
    String family();

    /** Shape of the images that the model reads. */
    ImageShape image();

    /** How pixels become the model's input. */
    Normalisation input();

    /**
     * A query about an image of bytes.
     *
     * @param pixels [H, W, C], each an unsigned byte, 0 the background
     * @param rollouts M, in [1, 1000]
     */
    default Query query(byte[] pixels, int rollouts) {
        return Query.of(pixels, input().table(), rollouts);
    }

    /** Names of the classes, in the order of the probabilities. */
    List<String> labels();

    /** Glimpses of each prediction; 0 for a model of soft attention. */
    default int glimpses() {
        return 0;
    }

    /** Oldest format of checkpoints that can hold the model. */
    int format();

    /** Multiplications, each with its addition, of the forward pass of one image. */
    long multiplyAdds();

    /** The parameters in the order of the forward pass. */
    List<Parameter> parameters();

    /**
     * First parameters.
     *
     * @param seed the same seed gives the same values on every machine
     */
    Parameters initial(long seed);

    /** The inference graph over parameters, which it shares. A checkpoint stores this graph. */
    SameDiff graph(Parameters parameters);

    /**
     * Checks that a stored graph is this model's inference graph.
     *
     * @throws IllegalArgumentException naming what differs
     */
    void check(StoredGraph graph);

    /** The engines that can run the model on this machine, the fastest first; it is what {@code auto} stands for. */
    List<EngineChoice> engines();

    /**
     * A classifier.
     *
     * @param engine what computes
     * @param weights the model's weights; later changes of theirs may or may not reach the classifier
     * @param capacity images, or rollouts, that are run together, at least 1
     * @throws IllegalArgumentException if the family has no such engine
     */
    Classifier classifier(EngineChoice engine, ModelWeights weights, int capacity);

    /**
     * A learning, which computes losses and gradients of a batch.
     *
     * @param objective the family's own
     * @param parameters read in place by every batch
     * @throws IllegalArgumentException if the objective belongs to another family
     */
    Learning learning(Objective objective, EngineChoice engine, Parameters parameters);

    /**
     * The model as it is to be used with parameters that have been trained: settles what training leaves open, such as
     * RAM's first location.
     */
    default ModelSpec settled(Parameters parameters, Judge judge) {
        return this;
    }

    /** Judges candidates for a model by validation images. */
    interface Judge {

        /** Number of validation images. */
        int images();

        /**
         * Mean cross-entropy of a candidate with the parameters as they are.
         *
         * @param images how many of the first validation images to use, in [1, {@link #images}]
         */
        double crossEntropy(ModelSpec candidate, int images);
    }
}
