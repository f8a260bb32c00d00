package io.github.ram.model.resnet;

import io.github.ram.model.ImageShape;
import io.github.ram.model.Learning;
import io.github.ram.model.LossTerms;
import io.github.ram.model.Parameter;
import io.github.ram.model.ParameterGroup;
import io.github.ram.model.Parameters;
import io.github.ram.model.graph.Backend;
import io.github.ram.model.graph.Floats;
import io.github.ram.model.graph.GraphPlan;
import io.github.ram.model.resnet.network.BatchNorm;
import io.github.ram.model.resnet.network.ResNet;
import io.github.ram.model.resnet.network.ResNetConfig;
import io.github.ram.model.resnet.operation.GraphOperations.Statistics;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Runs the {@link TrainingGraph}, and moves the running statistics towards those of each batch. */
final class ResNetLearning implements Learning {

    private final ResNetConfig config;
    private final Parameters parameters;
    private final TrainingGraph training;
    private final boolean sparse;
    private final Map<String, INDArray> statistics = new HashMap<>();
    private final Map<Integer, Pass> passes = new HashMap<>();
    private Pass pass;

    ResNetLearning(ResNetConfig config, ResNetObjective objective, Parameters parameters) {
        Backend.keepFreedMemory();
        this.config = config;
        this.parameters = parameters;
        this.training = TrainingGraph.of(config, objective, parameters.arrays());
        this.sparse = training.graph().hasVariable(TrainingGraph.SPARSITY_LOSS);
        parameters.list().stream()
                .filter(parameter -> !parameter.trainable())
                .forEach(parameter ->
                        statistics.put(parameter.name(), Nd4j.create(DataType.FLOAT, parameter.dimensions())));
    }

    /** Kernels and matrices, which decay; and biases and the scales of batch normalisation, which do not. */
    @Override
    public List<ParameterGroup> groups() {
        return List.of(
                new ParameterGroup(
                        "kernels", names(parameter -> parameter.shape().size() > 1), 1, true),
                new ParameterGroup(
                        "scales", names(parameter -> parameter.shape().size() == 1), 1, false));
    }

    private Set<String> names(Predicate<Parameter> wanted) {
        return parameters.list().stream()
                .filter(Parameter::trainable)
                .filter(wanted)
                .map(Parameter::name)
                .collect(Collectors.toSet());
    }

    @Override
    public LossTerms learn(Examples examples, SplittableRandom random) {
        pass = passes.computeIfAbsent(examples.size(), Pass::new);
        return pass.run(examples);
    }

    @Override
    public INDArray gradient(String parameter) {
        return pass.plan.output(training.gradients().get(parameter));
    }

    /** The running statistic after the last batch: 0.9 times the one before and 0.1 times the batch's. */
    @Override
    public INDArray statistic(String parameter) {
        return statistics.get(parameter);
    }

    @Override
    public void close() {
        passes.clear();
    }

    /** The arrays and the plan for one number of images. */
    private final class Pass {

        private final int n;
        private final INDArray images;
        private final INDArray labels;
        private final GraphPlan plan;

        Pass(int n) {
            this.n = n;
            ImageShape image = config.image();
            images = Nd4j.create(DataType.FLOAT, n, image.height(), image.width(), image.channels());
            labels = Nd4j.create(DataType.FLOAT, n, config.classes());
            List<String> outputs = new ArrayList<>(
                    List.of(TrainingGraph.LOSS, TrainingGraph.CLASSIFICATION_LOSS, EvaluationGraph.LOGITS));
            if (sparse) {
                outputs.add(TrainingGraph.SPARSITY_LOSS);
            }
            parameters.list().stream()
                    .filter(Parameter::trainable)
                    .forEach(parameter -> outputs.add(training.gradients().get(parameter.name())));
            for (Statistics layer : training.statistics()) {
                outputs.add(layer.mean());
                outputs.add(layer.variance());
            }
            plan = new GraphPlan(
                    training.graph(), Map.of(ResNet.IMAGES, images, TrainingGraph.LABELS, labels), outputs);
        }

        LossTerms run(Examples examples) {
            Floats.write(
                    images,
                    buffer ->
                            buffer.put(examples.images(), 0, n * config.image().size()));
            float[] wanted = new float[n * config.classes()];
            for (int b = 0; b < n; b++) {
                wanted[b * config.classes() + examples.labels()[b]] = 1;
            }
            Floats.write(labels, buffer -> buffer.put(wanted));
            plan.run();
            training.statistics().forEach(this::move);
            Map<String, Double> terms = new LinkedHashMap<>();
            terms.put(LossTerms.LOSS, value(TrainingGraph.LOSS));
            terms.put(TrainingGraph.CLASSIFICATION_LOSS, value(TrainingGraph.CLASSIFICATION_LOSS));
            if (sparse) {
                terms.put(TrainingGraph.SPARSITY_LOSS, value(TrainingGraph.SPARSITY_LOSS));
            }
            terms.put(LossTerms.ACCURACY, accuracy(examples.labels()));
            return new LossTerms(terms);
        }

        private double value(String name) {
            return plan.output(name).getDouble(0);
        }

        private double accuracy(int[] classes) {
            FloatBuffer logits = Floats.read(plan.output(EvaluationGraph.LOGITS));
            int right = 0;
            for (int b = 0; b < n; b++) {
                int best = 0;
                for (int c = 1; c < config.classes(); c++) {
                    int row = b * config.classes();
                    best = logits.get(row + c) > logits.get(row + best) ? c : best;
                }
                right += best == classes[b] ? 1 : 0;
            }
            return (double) right / n;
        }

        /** The variance of a running statistic is unbiased: M/(M − 1) times that of a batch of M values. */
        private void move(Statistics layer) {
            double values = (double) n * layer.valuesAnImage();
            move(layer.layer().runningMean(), layer.mean(), 1);
            move(layer.layer().runningVariance(), layer.variance(), values / (values - 1));
        }

        private void move(String statistic, String batch, double factor) {
            FloatBuffer before = Floats.read(parameters.arrays().get(statistic));
            FloatBuffer found = Floats.read(plan.output(batch));
            Floats.write(statistics.get(statistic), after -> {
                for (int i = 0; i < before.remaining(); i++) {
                    after.put(i, (float)
                            ((1 - BatchNorm.MOMENTUM) * before.get(i) + BatchNorm.MOMENTUM * factor * found.get(i)));
                }
            });
        }
    }
}
