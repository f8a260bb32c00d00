package io.github.ram.service.prediction;

import io.github.ram.service.RamProperties;
import io.github.ram.service.model.ModelLifecycle;
import io.github.ram.service.model.ServedModel;
import io.github.ram.service.web.BodyReader;
import io.github.ram.service.web.Form;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers a batch of images with as many predictions. */
@RestController
@RequestMapping(path = "/v1/predictions/batch", produces = MediaType.APPLICATION_JSON_VALUE)
final class BatchController {

    private final ModelLifecycle lifecycle;
    private final BodyReader bodies;
    private final ImageClassifier classifier;
    private final int most;

    BatchController(ModelLifecycle lifecycle, BodyReader bodies, ImageClassifier classifier, RamProperties properties) {
        this.lifecycle = lifecycle;
        this.bodies = bodies;
        this.classifier = classifier;
        this.most = properties.limits().batch();
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    BatchResponse form(HttpServletRequest request) {
        Form form = bodies.readForm(request, "image");
        List<SentImage> files = form.files().stream()
                .map(Base64File::decodeIfEncoded)
                .map(SentImage::file)
                .toList();
        return answer("image", files, PredictionOptions.of(request, form.fields()));
    }

    /** Spring takes a missing type for application/octet-stream, and curl names a form unless it is given a type. */
    @PostMapping(
            consumes = {
                MediaType.APPLICATION_JSON_VALUE,
                MediaType.APPLICATION_OCTET_STREAM_VALUE,
                MediaType.APPLICATION_FORM_URLENCODED_VALUE
            })
    BatchResponse json(HttpServletRequest request) {
        List<SentImage> images =
                JsonImages.readMany(bodies.read(request), lifecycle.model().shape(), most);
        return answer("images", images, PredictionOptions.of(request));
    }

    private BatchResponse answer(String name, List<SentImage> images, PredictionOptions options) {
        ServedModel model = lifecycle.model();
        List<ImagePrediction> predictions =
                classifier.classify(model, images, options, i -> name + "[" + i + "]").stream()
                        .map(classified ->
                                ImagePrediction.of(classified, model.manifest().model(), options))
                        .toList();
        return new BatchResponse(predictions, PredictionResponse.Model.of(model.manifest()));
    }

    /** The predictions, in the order of the images, and their model. */
    record BatchResponse(List<ImagePrediction> predictions, PredictionResponse.Model model) {}
}
