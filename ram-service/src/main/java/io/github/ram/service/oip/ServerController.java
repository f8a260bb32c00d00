package io.github.ram.service.oip;

import java.util.List;
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

    private final ServerState state;
    private final Server server;

    ServerController(ServerState state) {
        this.state = state;
        this.server = new Server(
                ServerState.NAME,
                state.version(),
                List.of("binary_tensor_data", "classification", "model_configuration", "statistics"));
    }

    @GetMapping({"", "/"})
    ResponseEntity<Server> server() {
        return answer(true, server);
    }

    @GetMapping("/health/live")
    ResponseEntity<Live> live() {
        boolean live = state.isLive();
        return answer(live, new Live(live));
    }

    @GetMapping("/health/ready")
    ResponseEntity<Ready> ready() {
        boolean ready = state.isReady();
        return answer(ready, new Ready(ready));
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
