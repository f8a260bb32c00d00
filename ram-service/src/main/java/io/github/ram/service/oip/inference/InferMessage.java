package io.github.ram.service.oip.inference;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.github.ram.model.ModelSpec;
import io.github.ram.model.Prediction;
import io.github.ram.service.oip.inference.InferDocument.Input;
import io.github.ram.service.oip.inference.InferDocument.Output;
import io.github.ram.service.oip.inference.InferDocument.OutputParameters;
import io.github.ram.service.oip.inference.InferDocument.Parameters;
import io.github.ram.service.oip.proto.InferParameter;
import io.github.ram.service.oip.proto.InferTensorContents;
import io.github.ram.service.oip.proto.ModelInferRequest;
import io.github.ram.service.oip.proto.ModelInferRequest.InferInputTensor;
import io.github.ram.service.oip.proto.ModelInferRequest.InferRequestedOutputTensor;
import io.github.ram.service.oip.proto.ModelInferResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The messages of inference over gRPC. A text that is left out is empty in them. */
public final class InferMessage {

    private InferMessage() {}

    /**
     * Describes a request as its JSON would, but for the values of its input. Raw values ask for raw outputs.
     *
     * @throws io.github.ram.service.Rejection if a number does not fit, or a parameter has another type
     */
    static InferDocument document(ModelInferRequest message) {
        boolean raw = message.getRawInputContentsCount() > 0;
        Integer rollouts = parameter("", message.getParametersMap(), "rollouts");
        List<Input> inputs = new ArrayList<>();
        // A second input is one too many, whatever it is. So is a dimension after the last that is looked at.
        for (InferInputTensor input : first(message.getInputsList(), 2)) {
            inputs.add(new Input(text(input.getName()), shape(input), text(input.getDatatype()), null, null));
        }
        List<Output> outputs = new ArrayList<>();
        for (InferRequestedOutputTensor output : message.getOutputsList()) {
            String place = "outputs[" + outputs.size() + "].";
            Integer classification = parameter(place, output.getParametersMap(), "classification");
            outputs.add(new Output(text(output.getName()), new OutputParameters(null, classification)));
        }
        return new InferDocument(text(message.getId()), new Parameters(raw, rollouts), inputs, outputs);
    }

    private static List<Integer> shape(InferInputTensor input) {
        List<Integer> shape = new ArrayList<>();
        for (long length : first(input.getShapeList(), InputReader.MOST_DIMENSIONS + 1)) {
            shape.add(integer(InputReader.PLACE + ".shape[" + shape.size() + "]", length));
        }
        return shape;
    }

    private static <T> List<T> first(List<T> all, int most) {
        return all.subList(0, Math.min(most, all.size()));
    }

    private static String text(String text) {
        return text.isEmpty() ? null : text;
    }

    private static Integer parameter(String parent, Map<String, InferParameter> parameters, String name) {
        InferParameter parameter = parameters.get(name);
        if (parameter == null) {
            return null;
        }
        String place = parent + "parameters." + name;
        return switch (parameter.getParameterChoiceCase()) {
            case INT64_PARAM -> integer(place, parameter.getInt64Param());
            case UINT64_PARAM -> integer(place, parameter.getUint64Param());
            default -> throw OipErrors.malformed("%s must be an integer: send it as int64_param", place);
        };
    }

    private static int integer(String place, long value) {
        OipErrors.require(value == (int) value, "%s must be an integer of 32 bits, got %d", place, value);
        return (int) value;
    }

    /**
     * Makes the response in the form that the request asks for.
     *
     * @param name of the model
     * @param version of the model
     * @param predictions one an image
     */
    public static ModelInferResponse response(
            String name, String version, ModelSpec model, InferRequest request, List<Prediction> predictions) {
        ModelInferResponse.Builder response =
                ModelInferResponse.newBuilder().setModelName(name).setModelVersion(version);
        request.id().ifPresent(response::setId);
        for (RequestedOutput requested : request.outputs()) {
            OutputTensor tensor = OutputTensor.of(requested, model, predictions);
            ModelInferResponse.InferOutputTensor.Builder output =
                    response.addOutputsBuilder().setName(tensor.name()).setDatatype(tensor.datatype());
            tensor.shape().forEach(output::addShape);
            if (requested.binary()) {
                response.addRawOutputContents(UnsafeByteOperations.unsafeWrap(RawTensor.bytes(tensor.values())));
            } else {
                tensor.values().forEach(value -> add(output.getContentsBuilder(), value));
            }
        }
        return response.build();
    }

    private static void add(InferTensorContents.Builder contents, Object value) {
        if (value instanceof Float number) {
            contents.addFp32Contents(number);
        } else if (value instanceof Long number) {
            contents.addInt64Contents(number);
        } else {
            contents.addBytesContents(ByteString.copyFromUtf8((String) value));
        }
    }
}
