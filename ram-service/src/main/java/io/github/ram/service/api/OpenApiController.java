package io.github.ram.service.api;

import java.io.IOException;
import java.io.InputStream;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;

/**
 * The description of the interface, in the form of OpenAPI 3.1, and the way to the page that shows it. It is
 * a document of its own rather than derived from the code: bodies are read from their bytes, of which no
 * type tells anything. Nothing of it is read before somebody asks.
 */
@RestController
final class OpenApiController {

    private static final Resource DOCUMENT = new ClassPathResource("openapi.yaml");

    private volatile byte[] json;

    @GetMapping(path = "/v3/api-docs", produces = MediaType.APPLICATION_JSON_VALUE)
    byte[] json() throws IOException {
        if (json == null) {
            try (InputStream in = DOCUMENT.getInputStream()) {
                Object document = new Yaml().load(in);
                json = JsonMapper.shared().writeValueAsBytes(document);
            }
        }
        return json;
    }

    @GetMapping({"/swagger-ui", "/swagger-ui/"})
    ResponseEntity<Void> page() {
        return ResponseEntity.status(HttpStatus.FOUND)
                .header(HttpHeaders.LOCATION, "/swagger-ui/index.html")
                .build();
    }
}
