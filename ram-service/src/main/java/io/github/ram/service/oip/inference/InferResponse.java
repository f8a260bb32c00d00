package io.github.ram.service.oip.inference;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.ram.model.ModelSpec;
import io.github.ram.model.Prediction;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * The response to an inference request.
 *
 * @param json everything but the raw tensors
 * @param raw the raw tensors, in the order of the JSON
 */
public record InferResponse(byte[] json, byte[] raw) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * Writes predictions in the form that the request asks for.
     *
     * @param name of the model
     * @param version of the model
     * @param predictions one an image
     */
    public static InferResponse of(
            String name, String version, ModelSpec model, InferRequest request, List<Prediction> predictions) {
        List<Tensor> tensors = new ArrayList<>();
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        for (RequestedOutput requested : request.outputs()) {
            OutputTensor tensor = OutputTensor.of(requested, model, predictions);
            byte[] bytes = requested.binary() ? RawTensor.bytes(tensor.values()) : null;
            if (bytes != null) {
                raw.writeBytes(bytes);
            }
            tensors.add(new Tensor(
                    tensor.name(),
                    tensor.datatype(),
                    tensor.shape(),
                    bytes == null ? null : new RawSize(bytes.length),
                    bytes == null ? tensor.values() : null));
        }
        Body body = new Body(name, version, request.id().orElse(null), tensors);
        return new InferResponse(JSON.writeValueAsBytes(body), raw.toByteArray());
    }

    /** Returns whether there are raw tensors. */
    public boolean isBinary() {
        return raw.length > 0;
    }

    /** Returns the whole body. */
    public byte[] bytes() {
        byte[] all = Arrays.copyOf(json, json.length + raw.length);
        System.arraycopy(raw, 0, all, json.length, raw.length);
        return all;
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
