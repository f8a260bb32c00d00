package io.github.ram.service.oip;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * The configuration of the model, in the form of Triton's extension {@code model_configuration}.
 *
 * @param maxBatchSize most images of a request
 */
record ModelConfiguration(
        String name,
        String platform,
        @JsonProperty("max_batch_size") int maxBatchSize,
        List<Tensor> input,
        List<Tensor> output) {

    /**
     * A tensor.
     *
     * @param dims without the number of images; a scalar is [1], which {@code reshape} takes away
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Tensor(String name, @JsonProperty("data_type") String datatype, List<Integer> dims, Reshape reshape) {

        private static Tensor of(ModelMetadata.Tensor tensor) {
            List<Integer> dims = tensor.shape().subList(1, tensor.shape().size());
            boolean scalar = dims.isEmpty();
            return new Tensor(
                    tensor.name(),
                    "TYPE_" + tensor.datatype(),
                    scalar ? List.of(1) : dims,
                    scalar ? new Reshape(List.of()) : null);
        }
    }

    /** The shape of a tensor outside of the model. */
    record Reshape(List<Integer> shape) {}

    static ModelConfiguration of(ModelMetadata model, int maxBatchSize) {
        return new ModelConfiguration(
                model.name(),
                model.platform(),
                maxBatchSize,
                model.inputs().stream().map(Tensor::of).toList(),
                model.outputs().stream().map(Tensor::of).toList());
    }
}
