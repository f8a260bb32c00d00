package io.github.ram.service.oip;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads one inference request: JSON, JSON with a raw tensor after it, or a raw tensor alone. */
final class InferRequestReader {

    private final ImageTensor image;
    private final int mostRollouts;
    private final InputReader input;
    private final OutputsReader outputs;

    private String id;
    private int rollouts = 1;
    private boolean binary;

    /**
     * For one request.
     *
     * @param image the tensor that it has to bring
     * @param classes of the model
     * @param mostRollouts that it may ask for
     */
    InferRequestReader(ImageTensor image, int classes, int mostRollouts) {
        this.image = image;
        this.mostRollouts = mostRollouts;
        this.input = new InputReader(image);
        this.outputs = new OutputsReader(classes);
    }

    /**
     * Reads a body.
     *
     * @param jsonLength how much of it is JSON; nothing for all of it, 0 for a raw tensor alone
     * @throws io.github.ram.service.Refusal if anything in it is not as the protocol and the model have it
     */
    InferRequest read(byte[] body, OptionalInt jsonLength) {
        if (jsonLength.isPresent() && jsonLength.getAsInt() == 0) {
            // Without a word about it: it is what the model's metadata say, and so is every output.
            return new InferRequest(
                    Optional.empty(), image.images(ByteBuffer.wrap(body)), rollouts, outputs.requested(true));
        }
        int length = jsonLength.orElse(body.length);
        JsonReader.read(body, length, this::members);
        ByteBuffer tail = ByteBuffer.wrap(body, length, body.length - length).slice();
        return new InferRequest(Optional.ofNullable(id), input.images(tail), rollouts, outputs.requested(binary));
    }

    private Map<String, JsonReader.Member> members(JsonReader json) {
        return Map.of(
                "id", place -> id = json.string(place),
                "parameters", place -> parameters(json, place),
                "inputs", place -> json.list(place, element -> input.read(json, element)),
                "outputs", place -> json.list(place, element -> outputs.read(json, element)));
    }

    private void parameters(JsonReader json, String place) {
        json.object(
                place,
                Map.of(
                        "binary_data_output", at -> binary = json.bool(at),
                        "rollouts", at -> rollouts = json.integer(at, 1, mostRollouts)));
    }
}
