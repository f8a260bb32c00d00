package io.github.ram.service.oip;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads which outputs a request wants. */
final class OutputsReader {

    private final int classes;
    private final Map<ModelOutput, Wish> wishes = new LinkedHashMap<>();

    /**
     * @param classes of the model
     */
    OutputsReader(int classes) {
        this.classes = classes;
    }

    /** Reads one of the outputs. */
    void read(JsonReader json, String place) {
        Wish wish = new Wish();
        json.object(
                place,
                Map.of(
                        "name", at -> wish.output = output(json.string(at), at),
                        "parameters", at -> parameters(json, at, wish)));
        if (wish.output == null) {
            throw JsonReader.malformed("%s has no name: it must be one of %s", place, all());
        }
        if (wish.classification > 0 && wish.output != ModelOutput.PROBABILITIES) {
            throw JsonReader.malformed(
                    "%s.parameters.classification does not go with %s: ask for it of %s",
                    place, wish.output, ModelOutput.PROBABILITIES);
        }
        if (wishes.put(wish.output, wish) != null) {
            throw JsonReader.malformed("%s names %s again: name each output once", place, wish.output);
        }
    }

    /**
     * The outputs wanted, in the order of the request; all of them if it names none.
     *
     * @param binary whether those that do not say come raw
     */
    List<RequestedOutput> requested(boolean binary) {
        if (wishes.isEmpty()) {
            return all().stream()
                    .map(output -> new RequestedOutput(output, binary, 0))
                    .toList();
        }
        return wishes.values().stream()
                .map(wish -> new RequestedOutput(
                        wish.output, wish.binary == null ? binary : wish.binary, wish.classification))
                .toList();
    }

    private void parameters(JsonReader json, String place, Wish wish) {
        json.object(
                place,
                Map.of(
                        "binary_data", at -> wish.binary = json.bool(at),
                        "classification", at -> wish.classification = json.integer(at, 1, classes)));
    }

    private static ModelOutput output(String name, String place) {
        return ModelOutput.of(name)
                .orElseThrow(() ->
                        JsonReader.malformed("%s must be one of %s, got %s", place, all(), JsonReader.quote(name)));
    }

    private static List<ModelOutput> all() {
        return Arrays.asList(ModelOutput.values());
    }

    /** An output as far as it has been read. */
    private static final class Wish {
        private ModelOutput output;
        private Boolean binary;
        private int classification;
    }
}
