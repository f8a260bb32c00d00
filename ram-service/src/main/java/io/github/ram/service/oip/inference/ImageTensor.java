package io.github.ram.service.oip.inference;

import io.github.ram.model.ImageShape;
import io.github.ram.model.ModelSpec;
import io.github.ram.service.Rejection;
import io.github.ram.service.Rejection.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * The model's input: n images [n, H, W], or [n, H, W, C] where C is more than one, of {@link PixelDatatype}.
 */
public final class ImageTensor {

    /** Name of the input. */
    public static final String NAME = "image";

    private final ModelSpec model;
    private final int mostImages;

    /**
     * @param mostImages n is at most this
     */
    public ImageTensor(ModelSpec model, int mostImages) {
        this.model = model;
        // The bytes of more images would not fit an int.
        this.mostImages = Math.min(mostImages, Integer.MAX_VALUE / PixelDatatype.MOST_BYTES / size());
    }

    /** [−1, H, W] for any number of images, or [−1, H, W, C]. */
    List<Integer> shape() {
        return shape(-1);
    }

    private List<Integer> shape(int n) {
        return shape(model.image(), n);
    }

    /** The shape of n images, or of any number, −1. */
    public static List<Integer> shape(ImageShape image, int n) {
        return image.channels() == 1
                ? List.of(n, image.height(), image.width())
                : List.of(n, image.height(), image.width(), image.channels());
    }

    /** Returns the most values of a tensor. */
    int mostValues() {
        return mostImages * size();
    }

    /** Returns the bytes of n raw images. */
    int bytes(PixelDatatype datatype, int n) {
        return n * size() * datatype.bytes();
    }

    /** Returns the images of a raw tensor without JSON, which is UINT8 as in the model's metadata. */
    List<float[]> images(ByteBuffer raw) {
        int bytes = raw.remaining();
        int n = bytes / size();
        if (n == 0 || bytes % size() != 0) {
            throw OipErrors.malformed(
                    "a body without JSON must be raw images of %d bytes each, UINT8 %s, got %d bytes",
                    size(), shape(), bytes);
        }
        requireAllowed(n);
        return images(raw, PixelDatatype.UINT8, n);
    }

    private int size() {
        return model.image().size();
    }

    /** Checks a tensor's shape and returns n. */
    int images(List<Integer> given, String place) {
        if (given.isEmpty() || !given.equals(shape(given.get(0)))) {
            throw OipErrors.malformed("%s must be %s, where -1 is the number of images, got %s", place, shape(), given);
        }
        int n = given.get(0);
        if (n < 1) {
            throw OipErrors.malformed("%s has no image: send at least one", place);
        }
        requireAllowed(n);
        return n;
    }

    /** Returns the images of a tensor in JSON. */
    List<float[]> images(TensorData data, PixelDatatype datatype, int n, String place) {
        boolean flat = data.lengths().size() == 1;
        if (data.count() != n * size() || !flat && !data.lengths().equals(shape(n))) {
            throw OipErrors.malformed(
                    "%s must have the %d values of shape %s, flat or nested as the shape is, got %s",
                    place, n * size(), shape(n), flat ? data.count() + " values" : "shape " + data.lengths());
        }
        return images(data::value, datatype, n, place);
    }

    /**
     * Returns the images of a flat list.
     *
     * @param count how many values it has
     */
    List<float[]> images(int count, IntToDoubleFunction values, PixelDatatype datatype, int n, String place) {
        if (count != n * size()) {
            throw OipErrors.malformed(
                    "%s must have the %d values of shape %s, got %d", place, n * size(), shape(n), count);
        }
        return images(values, datatype, n, place);
    }

    /**
     * Returns the images of a raw tensor.
     *
     * @param raw the bytes of n images, little-endian
     */
    List<float[]> images(ByteBuffer raw, PixelDatatype datatype, int n) {
        ByteBuffer values = raw.slice().order(ByteOrder.LITTLE_ENDIAN);
        return images(i -> datatype.value(values, i), datatype, n, "the raw tensor");
    }

    private List<float[]> images(IntToDoubleFunction values, PixelDatatype datatype, int n, String place) {
        List<float[]> images = new ArrayList<>(n);
        for (int first = 0; first < n * size(); first += size()) {
            float[] image = new float[size()];
            for (int i = 0; i < image.length; i++) {
                double value = values.applyAsDouble(first + i);
                if (!datatype.allows(value)) {
                    throw OipErrors.malformed(
                            "value %d of %s must be %s, got %s", first + i, place, datatype.allowed(), value);
                }
                image[i] = model.input()
                        .apply(datatype.scaled(value), i % model.image().channels());
            }
            requireInk(image, images.size(), place);
            images.add(image);
        }
        return images;
    }

    /** As the other interface, which says the same of a picture without ink. */
    private void requireInk(float[] image, int index, String place) {
        for (int i = 0; i < image.length; i++) {
            if (image[i] != image[i % model.image().channels()]) {
                return;
            }
        }
        throw new Rejection(
                Reason.UNUSABLE,
                "image %d of %s is blank, so there is nothing to read: all of its pixels are equal",
                index,
                place);
    }

    private void requireAllowed(int n) {
        if (n > mostImages) {
            throw new Rejection(
                    Reason.TOO_LARGE,
                    "the request has %d images, more than the %d allowed: send fewer at a time",
                    n,
                    mostImages);
        }
    }
}
