package io.github.ram.service.oip.inference;

import io.github.ram.model.ModelSpec;
import io.github.ram.model.Prediction;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** An output tensor of a model. A request that names none gets all of them, in this order. */
public enum ModelOutput {
    /** Class probabilities [n, classes]. */
    PROBABILITIES("probabilities", "FP32") {
        @Override
        public List<Integer> shape(ModelSpec model, int n) {
            return List.of(n, model.labels().size());
        }

        @Override
        Stream<Float> values(Prediction prediction) {
            return prediction.probabilities().stream();
        }
    },
    /** The class of the highest probability, from 0 [n]. */
    CLASS("class", "INT64") {
        @Override
        public List<Integer> shape(ModelSpec model, int n) {
            return List.of(n);
        }

        @Override
        Stream<Long> values(Prediction prediction) {
            return Stream.of((long) prediction.classIndex());
        }
    },
    /** The locations x and y of the glimpses, in [-1, 1] [n, T, 2]. */
    GLIMPSES("glimpses", "FP32") {
        @Override
        public List<Integer> shape(ModelSpec model, int n) {
            return List.of(n, model.glimpses(), 2);
        }

        @Override
        Stream<Float> values(Prediction prediction) {
            return prediction.glimpses().stream().flatMap(glimpse -> Stream.of(glimpse.x(), glimpse.y()));
        }
    };

    private final String title;
    private final String datatype;

    ModelOutput(String title, String datatype) {
        this.title = title;
        this.datatype = datatype;
    }

    /** Returns the outputs of a model: only a model of hard attention has glimpses. */
    public static List<ModelOutput> of(ModelSpec model) {
        return Arrays.stream(values())
                .filter(output -> output != GLIMPSES || model.glimpses() > 0)
                .toList();
    }

    /** Its datatype in the protocol. */
    public String datatype() {
        return datatype;
    }

    /** Its shape for n images, or for any number, −1. */
    public abstract List<Integer> shape(ModelSpec model, int n);

    /** Returns the values of one prediction in row-major order: floats for FP32, longs for INT64. */
    abstract Stream<? extends Number> values(Prediction prediction);

    /** Its name in the protocol. */
    @Override
    public String toString() {
        return title;
    }
}
