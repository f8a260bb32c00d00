package io.github.ram.service.oip.inference;

import static io.github.ram.service.oip.inference.OipErrors.require;

import com.google.protobuf.ByteString;
import io.github.ram.service.oip.inference.InferDocument.Input;
import io.github.ram.service.oip.proto.InferTensorContents;
import io.github.ram.service.oip.proto.ModelInferRequest;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * The values of an input over gRPC: in the contents of the tensor by their type, or raw in the request.
 *
 * @param image the tensor that a request must have
 */
record MessageContents(ImageTensor image, ModelInferRequest message) implements InputReader.Contents {

    private static final String PLACE = InputReader.PLACE + ".contents";
    private static final String RAW = "raw_input_contents";

    @Override
    public List<float[]> images(Input input, PixelDatatype datatype, int n) {
        InferTensorContents contents = message.getInputs(0).getContents();
        if (message.getRawInputContentsCount() == 0) {
            return typed(contents, datatype, n);
        }
        require(
                contents.equals(InferTensorContents.getDefaultInstance()),
                "the request has %s and %s: send the one or the other",
                PLACE,
                RAW);
        require(
                message.getRawInputContentsCount() == 1,
                "%s must hold one tensor, as inputs does, got %d",
                RAW,
                message.getRawInputContentsCount());
        ByteString raw = message.getRawInputContents(0);
        require(
                raw.size() == image.bytes(datatype, n),
                "%s[0] must have %d bytes for %s %s, got %d",
                RAW,
                image.bytes(datatype, n),
                datatype,
                input.shape(),
                raw.size());
        return image.images(raw.asReadOnlyByteBuffer(), datatype, n);
    }

    private List<float[]> typed(InferTensorContents contents, PixelDatatype datatype, int n) {
        return switch (datatype) {
            case UINT8 ->
                typed(
                        "uint_contents",
                        contents.getUintContentsCount(),
                        i -> Integer.toUnsignedLong(contents.getUintContents(i)),
                        datatype,
                        n);
            case INT32 -> typed("int_contents", contents.getIntContentsCount(), contents::getIntContents, datatype, n);
            case INT64 ->
                typed("int64_contents", contents.getInt64ContentsCount(), contents::getInt64Contents, datatype, n);
            case FP32 ->
                typed("fp32_contents", contents.getFp32ContentsCount(), contents::getFp32Contents, datatype, n);
            case FP64 ->
                typed("fp64_contents", contents.getFp64ContentsCount(), contents::getFp64Contents, datatype, n);
            case FP16 -> throw OipErrors.malformed("the protocol has no contents for FP16: send them as %s", RAW);
        };
    }

    private List<float[]> typed(String field, int count, IntToDoubleFunction values, PixelDatatype datatype, int n) {
        return image.images(count, values, datatype, n, PLACE + "." + field);
    }
}
