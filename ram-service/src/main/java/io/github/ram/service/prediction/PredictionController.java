package io.github.ram.service.prediction;

import io.github.ram.service.Rejection;
import io.github.ram.service.Rejection.Reason;
import io.github.ram.service.model.ModelLifecycle;
import io.github.ram.service.model.ServedModel;
import io.github.ram.service.web.BodyReader;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers one image with its prediction. */
@RestController
@RequestMapping(
        path = "/v1/predictions",
        produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.IMAGE_PNG_VALUE})
final class PredictionController {

    private final ModelLifecycle lifecycle;
    private final BodyReader bodies;
    private final ImageClassifier classifier;

    PredictionController(ModelLifecycle lifecycle, BodyReader bodies, ImageClassifier classifier) {
        this.lifecycle = lifecycle;
        this.bodies = bodies;
        this.classifier = classifier;
    }

    /** The last three are other names of PNG, JPEG and BMP. */
    @PostMapping(
            consumes = {
                "image/png",
                "image/jpeg",
                "image/bmp",
                "image/gif",
                "image/x-png",
                "image/jpg",
                "image/x-ms-bmp"
            })
    PredictionResponse image(HttpServletRequest request) {
        return answer(SentImage.file(bodies.read(request)), request);
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    PredictionResponse form(HttpServletRequest request) {
        List<byte[]> files = bodies.readParts(request, "image");
        if (files.size() != 1) {
            throw new Rejection(
                    Reason.UNUSABLE,
                    "the form has %d parts named image: send one image, or all of them to /v1/predictions/batch",
                    files.size());
        }
        return answer(SentImage.file(files.get(0)), request);
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    PredictionResponse json(HttpServletRequest request) {
        return answer(JsonImages.readOne(bodies.read(request), lifecycle.model().shape()), request);
    }

    private PredictionResponse answer(SentImage image, HttpServletRequest request) {
        ServedModel model = lifecycle.model();
        PredictionOptions options = PredictionOptions.of(request);
        ImageClassifier.Classified classified = classifier.classify(model, image, options);
        return new PredictionResponse(
                ImagePrediction.of(classified, model.shape(), options),
                PredictionResponse.Model.of(model.manifest()),
                new GlimpsePicture(
                        classified.image().pixels(),
                        model.shape(),
                        classified.prediction().glimpses()));
    }
}
