package io.github.ram.model.resnet;

import io.github.ram.model.graph.Gradients;
import io.github.ram.model.resnet.network.ResNet;
import io.github.ram.model.resnet.network.ResNetConfig;
import io.github.ram.model.resnet.operation.GraphOperations;
import io.github.ram.model.resnet.operation.GraphOperations.Mode;
import io.github.ram.model.resnet.operation.GraphOperations.Statistics;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.loss.LossReduce;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The losses of labelled images, with the statistics of the batch, and their gradients.
 *
 * <p>Placeholders: {@link ResNet#IMAGES} [B, H, W, C]; {@link #LABELS} [B, classes], the probabilities that are
 * wanted.
 *
 * @param graph the graph
 * @param gradients by the parameters' names, the names of the gradients of {@link #LOSS}
 * @param statistics the batch's statistics of every batch normalisation
 */
record TrainingGraph(SameDiff graph, Map<String, String> gradients, List<Statistics> statistics) {

    /** Placeholder: wanted class probabilities [B, classes], float32. */
    static final String LABELS = "labels";

    /** Output: the whole loss, a scalar. */
    static final String LOSS = "loss";

    /** Output: the mean cross-entropy, a scalar. */
    static final String CLASSIFICATION_LOSS = "classificationLoss";

    /** Output: Σ|γ| + Σ|λ| over the scales of all attention, a scalar. 0 without attention. */
    static final String SPARSITY_LOSS = "sparsityLoss";

    /** Builds the graph over parameters, which it shares. */
    static TrainingGraph of(ResNetConfig spec, ResNetObjective objective, Map<String, INDArray> parameters) {
        SameDiff graph = SameDiff.create();
        Mode mode = objective.attentionGradient() ? Mode.TRAINING : Mode.TRAINING_WITH_FIXED_ATTENTION;
        GraphOperations operations = new GraphOperations(graph, mode, parameters);
        SDVariable logits = EvaluationGraph.logits(spec, operations, graph);
        SDVariable labels = graph.placeHolder(LABELS, DataType.FLOAT, -1, spec.classes());
        // SameDiff's cross-entropy takes the gradient of its result to be 1. It is 1: the term has no factor.
        SDVariable classification = graph.loss()
                .softmaxCrossEntropy(
                        CLASSIFICATION_LOSS,
                        labels,
                        logits,
                        null,
                        LossReduce.MEAN_BY_WEIGHT,
                        objective.labelSmoothing());
        SDVariable sparsity = sparsity(operations, graph);
        SDVariable loss = sparsity == null || objective.sparsity() == 0
                ? graph.identity(LOSS, classification)
                : classification.add(LOSS, sparsity.mul(objective.sparsity()));
        return new TrainingGraph(
                graph, Gradients.of(loss), List.copyOf(operations.statistics().values()));
    }

    private static SDVariable sparsity(GraphOperations operations, SameDiff graph) {
        SDVariable sum = null;
        for (Statistics statistics : operations.statistics().values()) {
            if (statistics.layer().name().contains(".nam.")) {
                SDVariable size = graph.math()
                        .abs(graph.getVariable(statistics.layer().weight()))
                        .sum();
                sum = sum == null ? size : sum.add(size);
            }
        }
        return sum == null ? null : sum.rename(SPARSITY_LOSS);
    }
}
