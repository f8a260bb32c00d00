package io.github.ram.service.prediction;

import io.github.ram.model.Prediction;
import io.github.ram.model.image.digit.ModelInput;
import io.github.ram.service.Rejection;
import io.github.ram.service.model.QueueReservation;
import io.github.ram.service.model.ServedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** Makes the images of a request into the model's input, and predicts their classes. */
@Component
final class ImageClassifier {

    private final ImageReader images;

    ImageClassifier(ImageReader images) {
        this.images = images;
    }

    /** The model's input of an image, and the prediction. */
    record Classified(ModelInput image, Prediction prediction) {}

    /** Predicts the class of one image. */
    Classified classify(ServedModel model, SentImage image, PredictionOptions options) {
        return classify(model, List.of(image), options, i -> "").get(0);
    }

    /**
     * Predicts the classes of images.
     *
     * @param name of an image, for messages
     * @return one result an image, in their order
     * @throws Rejection if the options do not fit the model, the queue has no room for all images, one cannot be read, or
     *     the deadline passes
     */
    List<Classified> classify(
            ServedModel model, List<SentImage> sent, PredictionOptions options, IntFunction<String> name) {
        options.requireFit(model);
        try (QueueReservation reservation = model.predictor().reserve(sent.size())) {
            List<ModelInput> prepared = new ArrayList<>(sent.size());
            for (SentImage image : sent) {
                prepared.add(prepare(model, image, options, reservation, name.apply(prepared.size())));
            }
            List<Prediction> predictions = reservation.predict(
                    prepared.stream().map(image -> options.query(model, image)).toList());
            return IntStream.range(0, sent.size())
                    .mapToObj(i -> new Classified(prepared.get(i), predictions.get(i)))
                    .toList();
        }
    }

    private ModelInput prepare(
            ServedModel model, SentImage image, PredictionOptions options, QueueReservation reservation, String name) {
        try {
            return image.isFile()
                    ? images.read(model.preprocessor(), image.bytes(), options.preprocess(), reservation)
                    : images.prepare(model.preprocessor(), image.bytes(), options.preprocess());
        } catch (Rejection e) {
            throw name.isEmpty() ? e : new Rejection(e.reason(), name + ": " + e.getMessage());
        }
    }
}
