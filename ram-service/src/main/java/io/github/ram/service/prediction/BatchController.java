package io.github.ram.service.prediction;

import io.github.ram.model.Prediction;
import io.github.ram.model.engine.Query;
import io.github.ram.service.RamProperties;
import io.github.ram.service.Refusal;
import io.github.ram.service.model.ModelLifecycle;
import io.github.ram.service.model.Places;
import io.github.ram.service.model.ServedModel;
import io.github.ram.service.web.BodyReader;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Several images in, as many predictions out. */
@RestController
@RequestMapping(path = "/v1/predictions/batch", produces = MediaType.APPLICATION_JSON_VALUE)
final class BatchController {

    private final ModelLifecycle lifecycle;
    private final BodyReader bodies;
    private final ImageReader images;
    private final int most;

    BatchController(ModelLifecycle lifecycle, BodyReader bodies, ImageReader images, RamProperties properties) {
        this.lifecycle = lifecycle;
        this.bodies = bodies;
        this.images = images;
        this.most = properties.limits().batch();
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    BatchResponse form(HttpServletRequest request) {
        ServedModel model = lifecycle.model();
        List<byte[]> files = bodies.readParts(request, "image");
        try (Places places = model.predictor().reserve(files.size())) {
            List<Query> queries = new ArrayList<>(files.size());
            for (byte[] file : files) {
                byte[] pixels = read(model, file, queries.size(), places);
                queries.add(model.predictor().query(pixels, 1));
            }
            return answer(model, places.predict(queries));
        }
    }

    private byte[] read(ServedModel model, byte[] file, int index, Places places) {
        try {
            return images.read(model.decoder(), file, places);
        } catch (Refusal e) {
            throw new Refusal(e.reason(), "image[%d]: %s".formatted(index, e.getMessage()));
        }
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    BatchResponse pixels(HttpServletRequest request) {
        ServedModel model = lifecycle.model();
        List<Query> queries =
                JsonPixels.readMany(
                                bodies.read(request),
                                model.manifest().model().network().image(),
                                most)
                        .stream()
                        .map(pixels -> model.predictor().query(pixels, 1))
                        .toList();
        return answer(model, model.predictor().predict(queries));
    }

    private static BatchResponse answer(ServedModel model, List<Prediction> predictions) {
        return new BatchResponse(predictions, PredictionResponse.Model.of(model.manifest()));
    }

    /** The predictions, in the order of the images, and who made them. */
    record BatchResponse(List<Prediction> predictions, PredictionResponse.Model model) {}
}
