package io.github.ram.service.oip;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.ram.model.ModelSpec;
import io.github.ram.model.Prediction;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * The response to an inference request.
 *
 * @param json everything but the raw tensors
 * @param raw the raw tensors, in the order of the JSON
 */
record InferResponse(byte[] json, byte[] raw) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * Writes predictions in the form that the request asks for.
     *
     * @param name of the model
     * @param version of the model
     * @param predictions one an image
     */
    static InferResponse of(
            String name, String version, ModelSpec model, InferRequest request, List<Prediction> predictions) {
        List<Tensor> tensors = new ArrayList<>();
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        for (RequestedOutput requested : request.outputs()) {
            List<?> values = values(requested, model, predictions);
            byte[] bytes = requested.binary() ? RawTensor.bytes(values) : null;
            if (bytes != null) {
                raw.writeBytes(bytes);
            }
            tensors.add(tensor(requested, model, predictions.size(), values, bytes));
        }
        Body body = new Body(name, version, request.id().orElse(null), tensors);
        return new InferResponse(JSON.writeValueAsBytes(body), raw.toByteArray());
    }

    /** Returns whether there are raw tensors. */
    boolean isBinary() {
        return raw.length > 0;
    }

    /** Returns the whole body. */
    byte[] bytes() {
        byte[] all = Arrays.copyOf(json, json.length + raw.length);
        System.arraycopy(raw, 0, all, json.length, raw.length);
        return all;
    }

    private static List<?> values(RequestedOutput requested, ModelSpec model, List<Prediction> predictions) {
        Stream<?> values = requested.classification() > 0
                ? predictions.stream()
                        .flatMap(prediction ->
                                Classification.best(prediction, model.labels(), requested.classification()))
                : predictions.stream().flatMap(requested.output()::values);
        return values.toList();
    }

    private static Tensor tensor(RequestedOutput requested, ModelSpec model, int n, List<?> values, byte[] bytes) {
        ModelOutput output = requested.output();
        boolean classified = requested.classification() > 0;
        return new Tensor(
                output.toString(),
                classified ? "BYTES" : output.datatype(),
                classified ? List.of(n, requested.classification()) : output.shape(model, n),
                bytes == null ? null : new RawSize(bytes.length),
                bytes == null ? values : null);
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Body(
            @JsonProperty("model_name") String name,
            @JsonProperty("model_version") String version,
            String id,
            List<Tensor> outputs) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Tensor(String name, String datatype, List<Integer> shape, RawSize parameters, List<?> data) {}

    private record RawSize(@JsonProperty("binary_data_size") int bytes) {}
}
