package io.github.ram.service.oip;

import io.github.ram.model.Query;
import java.util.List;
import java.util.Optional;

/**
 * What a client asks, checked: nothing in it can fail any more.
 *
 * @param id to be given back
 * @param images at least one, [H, W, C] each, normalised as the model's input
 * @param rollouts M, whose probabilities are averaged
 * @param outputs in the order of the answer
 */
record InferRequest(Optional<String> id, List<float[]> images, int rollouts, List<RequestedOutput> outputs) {

    InferRequest {
        images = List.copyOf(images);
        outputs = List.copyOf(outputs);
    }

    /** What the model is asked. */
    List<Query> queries() {
        return images.stream().map(image -> new Query(image, rollouts)).toList();
    }
}
