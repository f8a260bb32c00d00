package io.github.ram.service.oip;

import io.github.ram.model.ModelSpec;
import io.github.ram.service.RamProperties;
import io.github.ram.service.Rejection;
import io.github.ram.service.Rejection.Reason;
import io.github.ram.service.model.ServedModel;
import io.github.ram.service.oip.inference.ImageTensor;
import io.github.ram.service.oip.inference.InferRequest;
import io.github.ram.service.oip.inference.InferRequestReader;
import io.github.ram.service.oip.inference.InferResponse;
import io.github.ram.service.oip.inference.InferenceHeader;
import io.github.ram.service.oip.inference.OipErrors;
import io.github.ram.service.web.BodyReader;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves the model by the protocol: its metadata, its statistics, and inference. */
@RestController
@RequestMapping({"/v2/models/{model}", "/v2/models/{model}/versions/{version}"})
final class OipController {

    private final ModelDirectory models;
    private final BodyReader bodies;
    private final MeterRegistry metrics;
    private final int mostImages;

    OipController(ModelDirectory models, BodyReader bodies, MeterRegistry metrics, RamProperties properties) {
        this.models = models;
        this.bodies = bodies;
        this.metrics = metrics;
        this.mostImages = properties.limits().batch();
    }

    @GetMapping
    ResponseEntity<ModelMetadata> metadata(@PathVariable String model, @PathVariable(required = false) String version) {
        return ServerController.answer(true, ModelMetadata.of(ModelDirectory.MODEL, models.find(model, version)));
    }

    @GetMapping("/config")
    ResponseEntity<ModelConfiguration> configuration(
            @PathVariable String model, @PathVariable(required = false) String version) {
        ModelMetadata metadata = ModelMetadata.of(ModelDirectory.MODEL, models.find(model, version));
        return ServerController.answer(true, ModelConfiguration.of(metadata, mostImages));
    }

    @GetMapping("/stats")
    ResponseEntity<ModelStatistics> statistics(
            @PathVariable String model, @PathVariable(required = false) String version) {
        String served = models.find(model, version).manifest().version();
        return ServerController.answer(true, ModelStatistics.of(ModelDirectory.MODEL, served, metrics));
    }

    @PostMapping("/infer")
    ResponseEntity<byte[]> infer(
            @PathVariable String model, @PathVariable(required = false) String version, HttpServletRequest request) {
        ServedModel served = models.find(model, version);
        requireReadable(request);
        byte[] body = bodies.read(request);
        ModelSpec spec = served.manifest().model();
        InferRequest asked = new InferRequestReader(new ImageTensor(spec, mostImages), spec, served.mostRollouts())
                .read(body, InferenceHeader.jsonLength(header(request), body.length));
        return answer(InferResponse.of(
                ModelDirectory.MODEL,
                served.manifest().version(),
                spec,
                asked,
                served.predictor().predict(asked.queries())));
    }

    @GetMapping("/ready")
    ResponseEntity<Readiness> ready(@PathVariable String model, @PathVariable(required = false) String version) {
        boolean ready = models.isReady(model, version);
        return ServerController.answer(ready, new Readiness(ModelDirectory.MODEL, ready));
    }

    private static List<String> header(HttpServletRequest request) {
        return Collections.list(request.getHeaders(InferenceHeader.NAME));
    }

    /** Many clients of the protocol send no Content-Type. */
    private static void requireReadable(HttpServletRequest request) {
        String type = request.getContentType();
        if (type != null && !isReadable(type)) {
            throw new Rejection(
                    Reason.UNSUPPORTED_TYPE,
                    "Content-Type %s is not supported: send application/json, or application/octet-stream with raw tensors",
                    OipErrors.quote(type));
        }
    }

    private static boolean isReadable(String type) {
        try {
            MediaType media = MediaType.parseMediaType(type);
            return MediaType.APPLICATION_JSON.equalsTypeAndSubtype(media)
                    || MediaType.APPLICATION_OCTET_STREAM.equalsTypeAndSubtype(media);
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }

    private static ResponseEntity<byte[]> answer(InferResponse response) {
        if (!response.isBinary()) {
            return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(response.json());
        }
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .header(InferenceHeader.NAME, Integer.toString(response.json().length))
                .body(response.bytes());
    }

    record Readiness(String name, boolean ready) {}
}
