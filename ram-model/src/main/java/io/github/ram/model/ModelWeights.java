package io.github.ram.model;

import io.github.ram.model.graph.Floats;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.autodiff.samediff.SameDiff;

/** The weights of a model in the form that an engine asks for. An engine asks for one form only. */
public interface ModelWeights {

    /** Values by the name of the parameter, row-major. Does not start ND4J where the weights come from a file. */
    Map<String, FloatBuffer> values();

    /** The inference graph that holds the weights. */
    SameDiff graph();

    /** The arrays. */
    Parameters parameters();

    /** The weights of a model whose parameters are in memory. */
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
