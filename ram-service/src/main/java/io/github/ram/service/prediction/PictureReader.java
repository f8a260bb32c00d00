package io.github.ram.service.prediction;

import io.github.ram.model.Prediction;
import io.github.ram.model.image.digit.ModelInput;
import io.github.ram.service.Refusal;
import io.github.ram.service.model.QueueReservation;
import io.github.ram.service.model.ServedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** Makes the images of a request into the model's input, and predicts their classes. */
@Component
final class PictureReader {

    private final ImageReader images;

    PictureReader(ImageReader images) {
        this.images = images;
    }

    /** An image, made into the model's input, and what the model made of it. */
    record Read(ModelInput image, Prediction prediction) {}

    /** The class of one image. */
    Read read(ServedModel model, SentImage image, PredictionOptions options) {
        return read(model, List.of(image), options, i -> "").get(0);
    }

    /**
     * The classes of images.
     *
     * @param name of an image, put before what is wrong with it
     * @return as many, in their order
     * @throws Refusal if there is no room for all of them in the queue, one of them cannot be read, or the
     *     request's time is up
     */
    List<Read> read(ServedModel model, List<SentImage> sent, PredictionOptions options, IntFunction<String> name) {
        try (QueueReservation reservation = model.predictor().reserve(sent.size())) {
            List<ModelInput> prepared = new ArrayList<>(sent.size());
            for (SentImage image : sent) {
                prepared.add(prepare(model, image, options, reservation, name.apply(prepared.size())));
            }
            List<Prediction> predictions = reservation.predict(
                    prepared.stream().map(image -> options.query(model, image)).toList());
            return IntStream.range(0, sent.size())
                    .mapToObj(i -> new Read(prepared.get(i), predictions.get(i)))
                    .toList();
        }
    }

    private ModelInput prepare(
            ServedModel model, SentImage image, PredictionOptions options, QueueReservation reservation, String name) {
        try {
            return image.isFile()
                    ? images.read(model.preprocessor(), image.bytes(), options.preprocess(), reservation)
                    : images.prepare(model.preprocessor(), image.bytes(), options.preprocess());
        } catch (Refusal e) {
            throw name.isEmpty() ? e : new Refusal(e.reason(), name + ": " + e.getMessage());
        }
    }
}
