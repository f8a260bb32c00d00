package io.github.ram.service.oip.inference;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.ram.service.Rejection;
import io.github.ram.service.oip.SmallModel;
import io.github.ram.service.oip.proto.InferParameter;
import io.github.ram.service.oip.proto.InferTensorContents;
import io.github.ram.service.oip.proto.ModelInferRequest;
import io.github.ram.service.oip.proto.ModelInferRequest.InferInputTensor;
import io.github.ram.service.oip.proto.ModelInferRequest.InferRequestedOutputTensor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a body or a message holds, it becomes a request for images that the model can look at, or it is refused. */
class InferRequestFuzz {

    private static final String PIXELS = "\"name\": \"image\", \"shape\": [1, 2, 3], \"datatype\": \"%s\", %s";

    static Stream<byte[]> bodies() {
        String list = PIXELS.formatted("UINT8", "\"data\": [0, 51, 102, 153, 204, 255]");
        String nested = PIXELS.formatted("FP32", "\"data\": [[[0, 0.5, 1], [1e-3, 0.25, 1.0]]]");
        String raw = PIXELS.formatted("UINT8", "\"parameters\": {\"binary_data_size\": 6}");
        return Stream.of(
                        "J{\"inputs\": [{" + list + "}]}",
                        "J{\"id\": \"1\", \"parameters\": {\"binary_data_output\": true, \"rollouts\": 2}, \"inputs\": [{"
                                + nested + "}], \"outputs\": [{\"name\": \"probabilities\", \"parameters\":"
                                + " {\"classification\": 2, \"binary_data\": false}}, {\"name\": \"class\"}]}",
                        "B{\"inputs\": [{" + raw + "}]}abcdef",
                        "Rabcdefghijkl")
                .map(body -> body.getBytes(StandardCharsets.ISO_8859_1));
    }

    static Stream<byte[]> messages() {
        InferInputTensor.Builder tensor = InferInputTensor.newBuilder()
                .setName("image")
                .setDatatype("UINT8")
                .addAllShape(List.of(1L, 2L, 3L));
        InferTensorContents pixels = InferTensorContents.newBuilder()
                .addAllUintContents(List.of(0, 51, 102, 153, 204, 255))
                .build();
        ModelInferRequest raw = ModelInferRequest.newBuilder()
                .setId("1")
                .putParameters(
                        "rollouts", InferParameter.newBuilder().setInt64Param(2).build())
                .addInputs(tensor)
                .addOutputs(InferRequestedOutputTensor.newBuilder()
                        .setName("probabilities")
                        .putParameters(
                                "classification",
                                InferParameter.newBuilder().setInt64Param(2).build()))
                .addRawInputContents(ByteString.copyFromUtf8("abcdef"))
                .build();
        ModelInferRequest typed = ModelInferRequest.newBuilder()
                .addInputs(tensor.setContents(pixels))
                .build();
        return Stream.of(raw.toByteArray(), typed.toByteArray());
    }

    @MethodSource("messages")
    @FuzzTest(maxDuration = "2m")
    void messageIsReadOrRefused(byte[] data) {
        ModelInferRequest message;
        try {
            message = ModelInferRequest.parseFrom(data);
        } catch (InvalidProtocolBufferException e) {
            return;
        }
        isReadOrRefused(reader -> reader.read(message));
    }

    @MethodSource("bodies")
    @FuzzTest(maxDuration = "2m")
    void bodyIsReadOrRefused(byte[] data) {
        if (data.length == 0) {
            return;
        }
        byte[] body = Arrays.copyOfRange(data, 1, data.length);
        isReadOrRefused(reader -> reader.read(body, jsonLength(data[0], body)));
    }

    private static void isReadOrRefused(Function<InferRequestReader, InferRequest> read) {
        try {
            InferRequest request =
                    read.apply(new InferRequestReader(new ImageTensor(SmallModel.GREY, 4), SmallModel.GREY, 32));
            for (float[] image : request.images()) {
                for (float value : image) {
                    if (!(value >= -1 && value <= 1)) {
                        throw new AssertionError("a pixel became " + value);
                    }
                }
            }
            if (request.images().isEmpty()
                    || request.images().size() > 4
                    || request.outputs().isEmpty()) {
                throw new AssertionError(request);
            }
        } catch (Rejection e) {
            if (e.getMessage().length() > 400) {
                throw new AssertionError("a rejection that repeats what was sent: " + e.getMessage());
            }
        }
    }

    /** The first byte selects the kind of body; before a raw tensor, JSON ends with the last brace. */
    private static OptionalInt jsonLength(byte kind, byte[] body) {
        return switch (kind) {
            case 'J' -> OptionalInt.empty();
            case 'R' -> OptionalInt.of(0);
            default -> OptionalInt.of(new String(body, StandardCharsets.ISO_8859_1).lastIndexOf('}') + 1);
        };
    }
}
