package io.github.ram.service.oip.inference;

import io.github.ram.model.Query;
import java.util.List;
import java.util.Optional;

/**
 * A valid inference request.
 *
 * @param id for the response
 * @param images at least one, [H, W, C] each, normalised as the model's input
 * @param rollouts M: the probabilities of M rollouts are averaged
 * @param outputs in the order of the response
 */
public record InferRequest(Optional<String> id, List<float[]> images, int rollouts, List<RequestedOutput> outputs) {

    public InferRequest {
        images = List.copyOf(images);
        outputs = List.copyOf(outputs);
    }

    /** Returns the queries to the model. */
    public List<Query> queries() {
        return images.stream().map(image -> new Query(image, rollouts)).toList();
    }
}
