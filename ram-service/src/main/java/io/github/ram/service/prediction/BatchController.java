package io.github.ram.service.prediction;

import io.github.ram.service.RamProperties;
import io.github.ram.service.model.ModelLifecycle;
import io.github.ram.service.model.ServedModel;
import io.github.ram.service.web.BodyReader;
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
        List<SentImage> files =
                bodies.readParts(request, "image").stream().map(SentImage::file).toList();
        return answer("image", files, request);
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    BatchResponse json(HttpServletRequest request) {
        List<SentImage> images =
                JsonImages.readMany(bodies.read(request), lifecycle.model().shape(), most);
        return answer("images", images, request);
    }

    private BatchResponse answer(String name, List<SentImage> images, HttpServletRequest request) {
        ServedModel model = lifecycle.model();
        PredictionOptions options = PredictionOptions.of(request);
        List<ImagePrediction> predictions =
                classifier.classify(model, images, options, i -> name + "[" + i + "]").stream()
                        .map(classified -> ImagePrediction.of(classified, model.shape(), options))
                        .toList();
        return new BatchResponse(predictions, PredictionResponse.Model.of(model.manifest()));
    }

    /** The predictions, in the order of the images, and their model. */
    record BatchResponse(List<ImagePrediction> predictions, PredictionResponse.Model model) {}
}
