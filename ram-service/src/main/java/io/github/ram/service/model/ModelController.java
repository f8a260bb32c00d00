package io.github.ram.service.model;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.github.ram.model.checkpoint.Manifest;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Describes the model. */
@RestController
final class ModelController {

    private final ModelLifecycle lifecycle;

    ModelController(ModelLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    @GetMapping(path = "/v1/model", produces = MediaType.APPLICATION_JSON_VALUE)
    Description model() {
        ServedModel model = lifecycle.model();
        return new Description(model.manifest(), model.manifest().version(), model.engine(), model.backend());
    }

    /** The manifest of the checkpoint, and how the service runs the model. */
    record Description(@JsonUnwrapped Manifest manifest, String version, String engine, String backend) {}
}
