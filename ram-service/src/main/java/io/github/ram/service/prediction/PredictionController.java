package io.github.ram.service.prediction;

import io.github.ram.service.Refusal;
import io.github.ram.service.Refusal.Reason;
import io.github.ram.service.model.ModelLifecycle;
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
@RequestMapping(
        path = "/v1/predictions",
        produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.IMAGE_PNG_VALUE})
final class PredictionController {

    private final ModelLifecycle lifecycle;
    private final BodyReader bodies;
    private final PictureReader pictures;

    PredictionController(ModelLifecycle lifecycle, BodyReader bodies, PictureReader pictures) {
        this.lifecycle = lifecycle;
        this.bodies = bodies;
        this.pictures = pictures;
    }

    /** The last three are what some clients call PNG, JPEG and BMP. */
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
            throw new Refusal(
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
        PictureReader.Read read = pictures.read(model, image, options);
        return new PredictionResponse(
                Reading.of(read, model.shape(), options),
                PredictionResponse.Model.of(model.manifest()),
                new GlimpsedImage(
                        read.image().pixels(), model.shape(), read.prediction().glimpses()));
    }
}
