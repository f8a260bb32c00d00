package io.github.ram.service.prediction;

import io.github.ram.model.image.decode.ImageDecoder;
import io.github.ram.service.Rejection;
import io.github.ram.service.Rejection.Reason;
import io.github.ram.service.model.ModelLifecycle;
import io.github.ram.service.model.ServedModel;
import io.github.ram.service.web.BodyReader;
import io.github.ram.service.web.Form;
import jakarta.servlet.http.HttpServletRequest;
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

    /** The bytes decide on the format, whatever the type says. */
    @PostMapping(consumes = "image/*")
    PredictionResponse image(HttpServletRequest request) {
        return answer(SentImage.file(bodies.read(request)), PredictionOptions.of(request));
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    PredictionResponse form(HttpServletRequest request) {
        Form form = bodies.readForm(request, "image");
        if (form.files().size() != 1) {
            throw new Rejection(
                    Reason.UNUSABLE,
                    "the form has %d parts named image: send one image, or all of them to /v1/predictions/batch",
                    form.files().size());
        }
        return answer(
                SentImage.file(Base64File.decodeIfEncoded(form.files().get(0))),
                PredictionOptions.of(request, form.fields()));
    }

    /** HTTPie sends every file as JSON. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    PredictionResponse json(HttpServletRequest request) {
        byte[] body = bodies.read(request);
        SentImage image = ImageDecoder.recognises(body)
                ? SentImage.file(body)
                : JsonImages.readOne(body, lifecycle.model().shape());
        return answer(image, PredictionOptions.of(request));
    }

    /** Spring takes a missing type for application/octet-stream; binary/octet-stream is S3's default. */
    @PostMapping(
            consumes = {
                MediaType.APPLICATION_OCTET_STREAM_VALUE,
                "binary/octet-stream",
                MediaType.APPLICATION_FORM_URLENCODED_VALUE
            })
    PredictionResponse untyped(HttpServletRequest request) {
        UntypedBody body =
                UntypedBody.read(bodies.read(request), lifecycle.model().shape());
        return answer(body.image(), PredictionOptions.of(request, body.fields()));
    }

    private PredictionResponse answer(SentImage image, PredictionOptions options) {
        ServedModel model = lifecycle.model();
        ImageClassifier.Classified classified = classifier.classify(model, image, options);
        return new PredictionResponse(
                ImagePrediction.of(classified, model.manifest().model(), options),
                PredictionResponse.Model.of(model.manifest()),
                new GlimpsePicture(
                        classified.image().pixels(),
                        model.shape(),
                        classified.prediction().glimpses(),
                        classified.prediction().attention()));
    }
}
