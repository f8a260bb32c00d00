package io.github.ram.service.oip.inference;

import static io.github.ram.service.oip.inference.OipErrors.require;

import io.github.ram.service.oip.inference.InferDocument.Input;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The values of an input over HTTP: in the JSON, or raw after it.
 *
 * @param image the tensor that a request must have
 * @param tail the bytes after the JSON
 */
record JsonContents(ImageTensor image, ByteBuffer tail) implements InputReader.Contents {

    private static final String PLACE = InputReader.PLACE;

    @Override
    public List<float[]> images(Input input, PixelDatatype datatype, int n) {
        Integer binarySize =
                input.parameters() == null ? null : input.parameters().binarySize();
        if (binarySize == null) {
            require(input.data() != null, "%s has no data: send them, or raw with parameters.binary_data_size", PLACE);
            requireTail(0);
            return image.images(input.data(), datatype, n, PLACE + ".data");
        }
        require(input.data() == null, "%s has data and binary_data_size: send the one or the other", PLACE);
        require(
                binarySize == image.bytes(datatype, n),
                "%s.parameters.binary_data_size must be %d for %s %s, got %d",
                PLACE,
                image.bytes(datatype, n),
                datatype,
                input.shape(),
                binarySize);
        requireTail(binarySize);
        return image.images(tail, datatype, n);
    }

    private void requireTail(int bytes) {
        require(
                tail.remaining() == bytes,
                "the request must have %d bytes after its JSON, by binary_data_size and the header %s, got %d",
                bytes,
                InferenceHeader.NAME,
                tail.remaining());
    }
}
