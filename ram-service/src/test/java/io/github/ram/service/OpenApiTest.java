package io.github.ram.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.ram.model.checkpoint.Checkpoint;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The description of the interface, held against the service that it describes. */
class OpenApiTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static TestService service;
    private static JsonNode document;

    @BeforeAll
    static void start(@TempDir Path directory) {
        service = TestService.start(Checkpoint.bundled(), directory);
        document = JSON.readTree(service.get("/v3/api-docs").body());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void everyOperationOfTheServiceIsDescribedAndNoOther() {
        Set<String> described = new TreeSet<>();
        document.get("paths")
                .forEachEntry((path, item) -> item.forEachEntry((method, operation) -> {
                    if (!method.equals("parameters")
                            && !operation.get("tags").toString().equals("[\"Probes\"]")) {
                        described.add(method + " " + path);
                    }
                }));
        assertThat(described).isEqualTo(mapped());
    }

    private static Set<String> mapped() {
        return service
                .bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .stream()
                .flatMap(mapping -> mapping.getPatternValues().stream()
                        .filter(path -> path.matches("/v[12](/.*[^/])?"))
                        .flatMap(path -> mapping.getMethodsCondition().getMethods().stream()
                                .map(method -> method.name().toLowerCase() + " " + path)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyReasonToRefuseAPredictionIsDescribed() {
        Set<String> reasons = Arrays.stream(Refusal.Reason.values())
                .map(reason -> Integer.toString(reason.status().value()))
                .filter(status -> !status.equals("404")) // there is nothing to be missing under this path
                .collect(Collectors.toCollection(TreeSet::new));
        reasons.addAll(Set.of("200", "406", "500"));
        for (String path : new String[] {"/v1/predictions", "/v1/predictions/batch"}) {
            assertThat(document.at("/paths/" + path.replace("/", "~1") + "/post/responses")
                            .propertyNames())
                    .as(path)
                    .containsExactlyInAnyOrderElementsOf(reasons);
        }
    }

    static Stream<JsonNode> references() {
        JsonNode read = JSON.readTree(service.get("/v3/api-docs").body());
        return read.findValues("$ref").stream().distinct();
    }

    @ParameterizedTest
    @MethodSource("references")
    void everyReferenceLeadsSomewhere(JsonNode reference) {
        assertThat(document.at(reference.asString().substring(1)).isMissingNode())
                .as(reference.asString())
                .isFalse();
    }

    @Test
    void everyExampleOfAnErrorIsOne() {
        document.at("/components/responses").forEachEntry((name, response) -> {
            String schema = name.startsWith("Oip") ? "OipError" : "Problem";
            JsonNode content = response.get("content").iterator().next();
            assertValid(schema, content.get("example"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"OneFile", "OnePixels"})
    void exampleOfARequestIsAnsweredAsItsExampleSays(String name) {
        JsonNode request = document.at("/components/examples/" + name + "/value");
        assertValid("OneImage", request);

        JsonNode answer = ok(service.postJson(request.toString()));

        assertValid("Answer", answer);
        JsonNode example = document.at("/components/examples/Answer/value");
        assertValid("Answer", example);
        for (String member : new String[] {"class", "label", "model"}) {
            assertThat(example.get(member)).as(member).isEqualTo(answer.get(member));
        }
        assertThat(example.get("glimpses").findValues("box"))
                .isEqualTo(answer.get("glimpses").findValues("box"));
    }

    @Test
    void exampleOfABatchIsAnswered() {
        JsonNode request = document.at("/components/examples/ManyFiles/value");
        assertValid("ManyImages", request);

        JsonNode answer = ok(service.post(
                "/v1/predictions/batch?rollouts=2",
                "application/json",
                request.toString().getBytes(StandardCharsets.UTF_8)));

        assertValid("BatchAnswer", answer);
        assertThat(answer.get("predictions")).hasSize(2);
    }

    @Test
    void answersWithEveryOptionAreAsDescribed() {
        byte[] photograph = Images.encode("png", bar(), 90, 60);
        String options = "?explain=true&box=picture&preprocess=mnist&rollouts=3";

        JsonNode answer = ok(service.post("/v1/predictions" + options, "image/png", photograph));
        JsonNode batch = ok(service.post(
                "/v1/predictions/batch" + options, TestService.FORM, TestService.form("image", photograph)));

        assertValid("Answer", answer);
        assertThat(answer.has("input")).isTrue();
        assertValid("BatchAnswer", batch);
    }

    private static byte[] bar() {
        byte[] pixels = new byte[90 * 60];
        Arrays.fill(pixels, (byte) 230);
        for (int y = 15; y < 45; y++) {
            Arrays.fill(pixels, y * 90 + 40, y * 90 + 46, (byte) 20);
        }
        return pixels;
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/model, Model",
        "/v2, OipServer",
        "/v2/health/live, OipLive",
        "/v2/health/ready, OipReady",
        "/v2/models/ram, OipModel",
        "/v2/models/ram/ready, OipModelReady"
    })
    void whatIsToldOfTheServiceIsAsDescribed(String path, String schema) {
        assertValid(schema, ok(service.get(path)));
    }

    @Test
    void inferenceIsAsDescribed() {
        ObjectNode request = OipBodies.uint8(TestModel.pixels(20));
        OipBodies.want(request, "probabilities").putObject("parameters").put("classification", 2);
        OipBodies.want(request, "glimpses");
        assertValid("OipRequest", request);

        assertValid(
                "OipResponse",
                ok(service.post("/v2/models/ram/infer", "application/json", JSON.writeValueAsBytes(request))));
    }

    @Test
    void refusalsAreAsDescribed() {
        assertValid("Problem", JSON.readTree(service.postJson("{").body()));
        assertValid(
                "OipError",
                JSON.readTree(service.post("/v2/models/ram/infer", "application/json", new byte[] {'{'})
                        .body()));
    }

    @Test
    void pageThatShowsItWorksUnderItsPolicy() throws Exception {
        assertThat(service.get("/swagger-ui").headers().firstValue("Location")).contains("/swagger-ui/index.html");
        try (Browser browser = Browser.at(service)) {
            browser.open("/swagger-ui");

            browser.await("#operations-Predictions-predict");
            browser.find("#operations-Predictions-predict button").click();
            browser.await("#operations-Predictions-predict .responses-table");
            browser.shoot("swagger-ui");
            assertThat(browser.console()).isEmpty();
        }
    }

    private static JsonNode ok(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private static void assertValid(String schema, JsonNode value) {
        ObjectNode root = JSON.createObjectNode().put("$ref", "#/components/schemas/" + schema);
        root.set("components", document.get("components"));
        Schema checked = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(root);
        assertThat(checked.validate(value)).as("%s: %s", schema, value).isEmpty();
    }
}
