package io.github.ram.service.prediction;

import io.github.ram.model.Prediction;
import io.github.ram.service.Refusal;
import io.github.ram.service.Refusal.Reason;
import io.github.ram.service.model.ModelLifecycle;
import io.github.ram.service.model.Places;
import io.github.ram.service.model.ServedModel;
import io.github.ram.service.web.BodyReader;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** One image in, one prediction out. */
@RestController
@RequestMapping(path = "/v1/predictions", produces = MediaType.APPLICATION_JSON_VALUE)
final class PredictionController {

    private final ModelLifecycle lifecycle;
    private final BodyReader bodies;
    private final ImageReader images;

    PredictionController(ModelLifecycle lifecycle, BodyReader bodies, ImageReader images) {
        this.lifecycle = lifecycle;
        this.bodies = bodies;
        this.images = images;
    }

    @PostMapping(consumes = {"image/png", "image/jpeg", "image/bmp", "image/gif"})
    PredictionResponse image(HttpServletRequest request) {
        return predict(bodies.read(request));
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    PredictionResponse form(HttpServletRequest request) {
        List<byte[]> files = bodies.readParts(request, "image");
        if (files.size() != 1) {
            throw new Refusal(
                    Reason.UNUSABLE,
                    "the form has %d parts named image: send one image, or all of them to /v1/predictions/batch"
                            .formatted(files.size()));
        }
        return predict(files.get(0));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    PredictionResponse pixels(HttpServletRequest request) {
        ServedModel model = lifecycle.model();
        byte[] pixels = JsonPixels.readOne(
                bodies.read(request), model.manifest().model().network().image());
        return PredictionResponse.of(model.predictor().predict(model.predictor().query(pixels, 1)), model.manifest());
    }

    private PredictionResponse predict(byte[] file) {
        ServedModel model = lifecycle.model();
        try (Places places = model.predictor().reserve(1)) {
            byte[] pixels = images.read(model.decoder(), file, places);
            List<Prediction> predictions =
                    places.predict(List.of(model.predictor().query(pixels, 1)));
            return PredictionResponse.of(predictions.get(0), model.manifest());
        }
    }
}
