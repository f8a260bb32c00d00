package io.github.ram.model;

import io.github.ram.model.graph.Floats;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.autodiff.samediff.SameDiff;

/** The weights of a model in three forms. Each engine reads one form only. */
public interface ModelWeights {

    /** The values by parameter name, row-major. Weights from a file are read without ND4J. */
    Map<String, FloatBuffer> values();

    /** The inference graph with the weights. */
    SameDiff graph();

    /** The weights as ND4J arrays. */
    Parameters parameters();

    /** Returns the weights of a model whose parameters are in memory. */
    static ModelWeights of(ModelSpec model, Parameters parameters) {
        return new ModelWeights() {
            @Override
            public Map<String, FloatBuffer> values() {
                Map<String, FloatBuffer> values = new LinkedHashMap<>();
                parameters.arrays().forEach((name, array) -> values.put(name, Floats.read(array)));
                return values;
            }

            @Override
            public SameDiff graph() {
                return model.graph(parameters);
            }

            @Override
            public Parameters parameters() {
                return parameters;
            }
        };
    }
}
