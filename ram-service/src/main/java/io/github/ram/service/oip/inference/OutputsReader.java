package io.github.ram.service.oip.inference;

import static io.github.ram.service.oip.inference.OipErrors.require;

import io.github.ram.model.ModelSpec;
import io.github.ram.service.oip.inference.InferDocument.Output;
import io.github.ram.service.oip.inference.InferDocument.OutputParameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads which outputs a request asks for. */
final class OutputsReader {

    private final List<ModelOutput> outputs;
    private final int classes;

    OutputsReader(ModelSpec model) {
        this.outputs = ModelOutput.of(model);
        this.classes = model.labels().size();
    }

    /** Returns every output. */
    List<RequestedOutput> all(boolean binary) {
        return outputs.stream()
                .map(output -> new RequestedOutput(output, binary, 0))
                .toList();
    }

    /**
     * Returns the outputs in the order of the request.
     *
     * @param outputs null or empty for all
     * @param binary whether outputs that do not say are sent raw
     */
    List<RequestedOutput> requested(List<Output> outputs, boolean binary) {
        if (outputs == null || outputs.isEmpty()) {
            return all(binary);
        }
        Map<ModelOutput, RequestedOutput> requested = new LinkedHashMap<>();
        for (int i = 0; i < outputs.size(); i++) {
            String place = "outputs[" + i + "]";
            RequestedOutput one = requested(place, outputs.get(i), binary);
            require(
                    requested.put(one.output(), one) == null,
                    "%s names %s again: name each output once",
                    place,
                    one.output());
        }
        return List.copyOf(requested.values());
    }

    private RequestedOutput requested(String place, Output asked, boolean binary) {
        require(asked != null, "%s must be an object, got null", place);
        require(asked.name() != null, "%s has no name: it must be one of %s", place, outputs);
        ModelOutput output = outputs.stream()
                .filter(one -> one.toString().equals(asked.name()))
                .findFirst()
                .orElseThrow(() -> OipErrors.malformed(
                        "%s.name must be one of %s, got %s", place, outputs, OipErrors.quote(asked.name())));
        OutputParameters parameters =
                asked.parameters() == null ? new OutputParameters(null, null) : asked.parameters();
        int classification =
                OipErrors.inRange(place + ".parameters.classification", parameters.classification(), 1, classes, 0);
        require(
                classification == 0 || output == ModelOutput.PROBABILITIES,
                "%s.parameters.classification is not available for %s: use it with %s",
                place,
                output,
                ModelOutput.PROBABILITIES);
        return new RequestedOutput(output, parameters.binary() == null ? binary : parameters.binary(), classification);
    }
}
