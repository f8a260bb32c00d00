package io.github.ram.service.oip;

import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.info.BuildProperties;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The server as the protocol knows it: what it is, and whether it is well. Answers in every state. */
@RestController
@RequestMapping("/v2")
final class ServerController {

    private final ApplicationAvailability availability;
    private final Server server;

    ServerController(ApplicationAvailability availability, ObjectProvider<BuildProperties> build) {
        this.availability = availability;
        BuildProperties known = build.getIfAvailable();
        this.server = new Server(
                "ram-service",
                known == null ? "development" : known.getVersion(),
                List.of("binary_tensor_data", "classification", "model_configuration", "statistics"));
    }

    @GetMapping({"", "/"})
    ResponseEntity<Server> server() {
        return answer(true, server);
    }

    @GetMapping("/health/live")
    ResponseEntity<Live> live() {
        boolean live = availability.getLivenessState() == LivenessState.CORRECT;
        return answer(live, new Live(live));
    }

    @GetMapping("/health/ready")
    ResponseEntity<Ready> ready() {
        boolean ready = isReady(availability);
        return answer(ready, new Ready(ready));
    }

    /** Returns whether requests should be sent to this service: not after the stop signal. */
    static boolean isReady(ApplicationAvailability availability) {
        return availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC;
    }

    static <T> ResponseEntity<T> answer(boolean good, T body) {
        return ResponseEntity.status(good ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body);
    }

    record Server(String name, String version, List<String> extensions) {}

    record Live(boolean live) {}

    record Ready(boolean ready) {}
}
