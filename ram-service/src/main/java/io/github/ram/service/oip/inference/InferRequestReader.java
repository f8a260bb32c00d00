package io.github.ram.service.oip.inference;

import io.github.ram.model.ModelSpec;
import io.github.ram.service.oip.proto.ModelInferRequest;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads inference requests: JSON, JSON with a raw tensor after it, a raw tensor alone, or a message of gRPC. */
public final class InferRequestReader {

    private final ImageTensor image;
    private final int mostRollouts;
    private final OutputsReader outputs;

    /**
     * @param image the tensor that a request must have
     * @param model that the request is for
     * @param mostRollouts that a request may ask for
     */
    public InferRequestReader(ImageTensor image, ModelSpec model, int mostRollouts) {
        this.image = image;
        this.mostRollouts = mostRollouts;
        this.outputs = new OutputsReader(model);
    }

    /**
     * Reads a body.
     *
     * @param jsonLength how many of its bytes are JSON; empty for all, 0 for a raw tensor alone
     * @throws io.github.ram.service.Rejection if the request does not follow the protocol, or does not fit the model
     */
    public InferRequest read(byte[] body, OptionalInt jsonLength) {
        if (jsonLength.isPresent() && jsonLength.getAsInt() == 0) {
            // Nothing describes the tensor, so it is as the model's metadata say, and every output is raw.
            return new InferRequest(Optional.empty(), image.images(ByteBuffer.wrap(body)), 1, outputs.all(true));
        }
        int length = jsonLength.orElse(body.length);
        InferDocument document = InferDocument.read(body, length, image.mostValues());
        ByteBuffer tail = ByteBuffer.wrap(body, length, body.length - length).slice();
        return read(document, new JsonContents(image, tail));
    }

    /**
     * Reads a message of gRPC.
     *
     * @throws io.github.ram.service.Rejection as {@link #read(byte[], OptionalInt)} does
     */
    public InferRequest read(ModelInferRequest message) {
        return read(InferMessage.document(message), new MessageContents(image, message));
    }

    private InferRequest read(InferDocument document, InputReader.Contents contents) {
        InferDocument.Parameters parameters = document.parameters();
        boolean binary = parameters != null && Boolean.TRUE.equals(parameters.binary());
        int rollouts = parameters == null
                ? 1
                : OipErrors.inRange("parameters.rollouts", parameters.rollouts(), 1, mostRollouts, 1);
        return new InferRequest(
                Optional.ofNullable(document.id()),
                new InputReader(image).images(document.inputs(), contents),
                rollouts,
                outputs.requested(document.outputs(), binary));
    }
}
