package io.github.ram.service.oip.inference;

import io.github.ram.model.ModelSpec;
import io.github.ram.model.Prediction;
import java.util.List;
import java.util.stream.Stream;

/**
 * An output of a response.
 *
 * @param values in row-major order: floats (FP32), longs (INT64) or strings (BYTES)
 */
record OutputTensor(String name, String datatype, List<Integer> shape, List<?> values) {

    /**
     * Makes the tensor that a request asks for.
     *
     * @param predictions one an image
     */
    static OutputTensor of(RequestedOutput requested, ModelSpec model, List<Prediction> predictions) {
        ModelOutput output = requested.output();
        int classes = requested.classification();
        int n = predictions.size();
        if (classes == 0) {
            Stream<?> values = predictions.stream().flatMap(output::values);
            return new OutputTensor(output.toString(), output.datatype(), output.shape(model, n), values.toList());
        }
        Stream<String> best =
                predictions.stream().flatMap(prediction -> Classification.best(prediction, model.labels(), classes));
        return new OutputTensor(output.toString(), "BYTES", List.of(n, classes), best.toList());
    }
}
