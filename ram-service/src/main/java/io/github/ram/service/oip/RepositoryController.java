package io.github.ram.service.oip;

import io.github.ram.service.model.ModelLifecycle;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers for all models, as the index of Triton's model repository does. Nothing can be loaded or unloaded. */
@RestController
final class RepositoryController {

    private final ModelLifecycle lifecycle;
    private final ServerState server;
    private final MeterRegistry metrics;

    RepositoryController(ModelLifecycle lifecycle, ServerState server, MeterRegistry metrics) {
        this.metrics = metrics;
        this.lifecycle = lifecycle;
        this.server = server;
    }

    @PostMapping("/v2/repository/index")
    ResponseEntity<List<Entry>> index() {
        boolean ready = lifecycle.model() != null && server.isReady();
        return ServerController.answer(
                true,
                List.of(new Entry(
                        ModelDirectory.MODEL,
                        ready ? lifecycle.model().manifest().version() : "",
                        ready ? "READY" : "UNAVAILABLE",
                        ready ? "" : "starting or shutting down")));
    }

    /** The statistics of all models, of which there is one. */
    @GetMapping("/v2/models/stats")
    ResponseEntity<ModelStatistics> statistics() {
        String version = lifecycle.model().manifest().version();
        return ServerController.answer(true, ModelStatistics.of(ModelDirectory.MODEL, version, metrics));
    }

    /**
     * A model.
     *
     * @param reason of the state, empty if the model is ready
     */
    record Entry(String name, String version, String state, String reason) {}
}
