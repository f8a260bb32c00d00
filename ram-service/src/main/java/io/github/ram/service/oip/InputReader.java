package io.github.ram.service.oip;

import io.github.ram.service.oip.ImageTensor.Pixels;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the one input of a request. */
final class InputReader {

    /** No tensor of this service has as many dimensions. */
    private static final int MOST_DIMENSIONS = 8;

    private final ImageTensor image;

    private String place;
    private boolean named;
    private List<Integer> shape;
    private Pixels pixels;
    private Integer binarySize;
    private TensorData data;

    InputReader(ImageTensor image) {
        this.image = image;
    }

    void read(JsonReader json, String at) {
        if (place != null) {
            throw JsonReader.malformed("%s is one too many: the model has one input, %s", at, ImageTensor.NAME);
        }
        place = at;
        json.object(
                at,
                Map.of(
                        "name", member -> name(json, member),
                        "shape", member -> shape(json, member),
                        "datatype", member -> pixels = Pixels.of(json.string(member), member),
                        "parameters", member -> parameters(json, member),
                        "data", member -> data = TensorData.read(json, member, image.mostValues())));
    }

    /**
     * The images, once all of the JSON has been read.
     *
     * @param tail what follows the JSON
     */
    List<float[]> images(ByteBuffer tail) {
        require(place != null, "the request has no input: send inputs, a list of one tensor named image");
        require(named, place + " has no name: it must be image");
        require(shape != null, place + " has no shape: send " + image.shape() + ", with the number of images for -1");
        require(pixels != null, place + " has no datatype: send UINT8 or FP32");
        int n = image.images(shape, place + ".shape");
        if (binarySize == null) {
            require(data != null, place + " has no data: send them, or raw with parameters.binary_data_size");
            requireTail(tail, 0);
            return image.images(data, pixels, n, place + ".data");
        }
        require(data == null, place + " has data and binary_data_size: send the one or the other");
        if (binarySize != image.bytes(pixels, n)) {
            throw JsonReader.malformed(
                    "%s.parameters.binary_data_size must be %d for %s %s, got %d",
                    place, image.bytes(pixels, n), pixels, shape, binarySize);
        }
        requireTail(tail, binarySize);
        return image.images(tail, pixels, n);
    }

    private void name(JsonReader json, String at) {
        String name = json.string(at);
        if (!name.equals(ImageTensor.NAME)) {
            throw JsonReader.malformed("%s must be image, the model's one input, got %s", at, JsonReader.quote(name));
        }
        named = true;
    }

    private void shape(JsonReader json, String at) {
        shape = new ArrayList<>();
        json.list(at, dimension -> {
            if (shape.size() == MOST_DIMENSIONS) {
                throw JsonReader.malformed(
                        "%s has more than %d dimensions: send %s", at, MOST_DIMENSIONS, image.shape());
            }
            shape.add(json.integer(dimension, 0, Integer.MAX_VALUE));
        });
    }

    private void parameters(JsonReader json, String at) {
        json.object(at, Map.of("binary_data_size", size -> binarySize = json.integer(size, 0, Integer.MAX_VALUE)));
    }

    private static void requireTail(ByteBuffer tail, int bytes) {
        if (tail.remaining() != bytes) {
            throw JsonReader.malformed(
                    "the request must have %d bytes after its JSON, as binary_data_size and the header %s tell, got %d",
                    bytes, InferenceHeader.NAME, tail.remaining());
        }
    }

    private static void require(boolean met, String message) {
        if (!met) {
            throw JsonReader.malformed("%s", message);
        }
    }
}
