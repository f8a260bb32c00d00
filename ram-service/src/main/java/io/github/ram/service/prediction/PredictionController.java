package io.github.ram.service.prediction;

import io.github.ram.model.Prediction;
import io.github.ram.service.Refusal;
import io.github.ram.service.Refusal.Reason;
import io.github.ram.service.model.ModelLifecycle;
import io.github.ram.service.model.ServedModel;
import io.github.ram.service.web.BodyReader;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestPart;
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
        ServedModel model = lifecycle.model();
        return predict(model, images.read(model.decoder(), bodies.read(request)));
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    PredictionResponse form(@RequestPart("image") List<Part> parts) {
        if (parts.size() != 1) {
            throw new Refusal(
                    Reason.UNUSABLE,
                    "the form has %d parts named image: send one image a request".formatted(parts.size()));
        }
        ServedModel model = lifecycle.model();
        return predict(model, images.read(model.decoder(), bodies.read(parts.get(0))));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    PredictionResponse pixels(HttpServletRequest request) {
        ServedModel model = lifecycle.model();
        return predict(
                model,
                JsonPixels.read(
                        bodies.read(request), model.manifest().model().network().image()));
    }

    private static PredictionResponse predict(ServedModel model, byte[] pixels) {
        Prediction prediction = model.predictor().predict(model.predictor().query(pixels, 1));
        return PredictionResponse.of(prediction, model.manifest());
    }
}
