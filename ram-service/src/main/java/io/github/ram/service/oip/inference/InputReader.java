package io.github.ram.service.oip.inference;

import static io.github.ram.service.oip.inference.OipErrors.require;

import io.github.ram.service.oip.inference.InferDocument.Input;
import java.util.List;

/** Reads the images of a request from its one input. */
final class InputReader {

    /** The input's place in the request. */
    static final String PLACE = "inputs[0]";

    /** No tensor of this service has as many dimensions. */
    static final int MOST_DIMENSIONS = 8;

    private final ImageTensor image;

    /** Where a request holds the values of its input, which depends on the transport. */
    interface Contents {

        /**
         * Reads the values.
         *
         * @param input as the request describes it
         * @param n how many images its shape has
         * @throws io.github.ram.service.Rejection if the values are missing, or do not fit the description
         */
        List<float[]> images(Input input, PixelDatatype datatype, int n);
    }

    InputReader(ImageTensor image) {
        this.image = image;
    }

    /**
     * Returns the images.
     *
     * @param inputs of the request; null if it has none
     */
    List<float[]> images(List<Input> inputs, Contents contents) {
        require(
                inputs != null && !inputs.isEmpty(),
                "the request has no input: send inputs, a list of one tensor named image");
        require(inputs.size() == 1, "inputs[1] is one too many: the model has one input, %s", ImageTensor.NAME);
        Input input = inputs.get(0);
        require(input != null, "%s must be an object, got null", PLACE);
        require(input.name() != null, "%s has no name: it must be image", PLACE);
        require(
                input.name().equals(ImageTensor.NAME),
                "%s.name must be image, the model's one input, got %s",
                PLACE,
                OipErrors.quote(input.name()));
        require(
                input.shape() != null,
                "%s has no shape: send %s, with the number of images for -1",
                PLACE,
                image.shape());
        require(input.datatype() != null, "%s has no datatype: send one of %s", PLACE, PixelDatatype.names());
        PixelDatatype datatype = PixelDatatype.of(input.datatype(), PLACE + ".datatype");
        checkDimensions(input.shape());
        int n = image.images(input.shape(), PLACE + ".shape");
        return contents.images(input, datatype, n);
    }

    private void checkDimensions(List<Integer> shape) {
        require(
                shape.size() <= MOST_DIMENSIONS,
                "%s.shape has more than %d dimensions: send %s",
                PLACE,
                MOST_DIMENSIONS,
                image.shape());
        for (int i = 0; i < shape.size(); i++) {
            require(
                    shape.get(i) != null && shape.get(i) >= 0,
                    "%s.shape[%d] must be an integer of at least 0, got %s",
                    PLACE,
                    i,
                    shape.get(i));
        }
    }
}
