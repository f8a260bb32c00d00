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
 * Serves the description of the interface in OpenAPI 3.1, and leads to the page that shows it. The description is a file,
 * not derived from the code, because the types of the code do not describe bodies. It is read at the first request.
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
