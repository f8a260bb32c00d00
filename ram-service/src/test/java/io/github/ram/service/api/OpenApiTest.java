package io.github.ram.service.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.service.Rejection;
import io.github.ram.service.fixture.Browser;
import io.github.ram.service.fixture.Images;
import io.github.ram.service.fixture.OipBodies;
import io.github.ram.service.fixture.TestModel;
import io.github.ram.service.fixture.TestService;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The description of the interface, held against the service that it describes. */
class OpenApiTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static TestService service;
    private static JsonNode document;

    @BeforeAll
    static void start(@TempDir Path directory) {
        service = TestService.start(Checkpoint.bundled(), directory, "--ram.limits.body=1MB");
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
                                .map(method -> method.name().toLowerCase(java.util.Locale.ROOT) + " " + path)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyReasonToRefuseAPredictionIsDescribed() {
        Set<String> reasons = Arrays.stream(Rejection.Reason.values())
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

    @ParameterizedTest
    @ValueSource(strings = {"ManyFiles", "ManyPixels"})
    void exampleOfABatchIsAnswered(String name) {
        JsonNode request = document.at("/components/examples/" + name + "/value");
        assertValid("ManyImages", request);

        JsonNode answer = ok(service.post(
                "/v1/predictions/batch", "application/json", request.toString().getBytes(StandardCharsets.UTF_8)));

        assertValid("BatchAnswer", answer);
        assertThat(answer.get("predictions")).hasSize(2);
        assertThat(shape(example("BatchAnswer"))).isEqualTo(shape(answer));
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

    /** In YAML a comma within a text that is not quoted begins another property, with no value. */
    @Test
    void everyPropertyHasAValueAndEveryArrayItsItems() {
        for (String part : List.of("paths", "webhooks", "components")) {
            if (document.has(part)) {
                assertComplete(part, document.get(part));
            }
        }
    }

    private static void assertComplete(String path, JsonNode node) {
        if ("array".equals(node.path("type").asString(""))) {
            assertThat(node.has("items")).as(path).isTrue();
        }
        node.properties().forEach(property -> {
            String name = path + "/" + property.getKey();
            if (!List.of("example", "examples").contains(property.getKey())) {
                assertThat(property.getValue().isNull()).as(name).isFalse();
                assertComplete(name, property.getValue());
            }
        });
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            assertComplete(path + "/" + i, node.get(i));
        }
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

    @ParameterizedTest
    @CsvSource({
        "/v1/model, Model",
        "/v2, OipServer",
        "/v2/models/ram, OipModel",
        "/v2/models/ram/config, OipConfiguration"
    })
    void exampleOfWhatIsToldIsWhatIsTold(String path, String example) {
        assertThat(shape(example(example))).isEqualTo(shape(ok(service.get(path))));
        assertThat(example(example).get("name")).isEqualTo(ok(service.get(path)).get("name"));
    }

    @Test
    void exampleOfAnInferenceIsAnsweredAsItsExampleSays() {
        JsonNode answer = ok(service.post(
                "/v2/models/ram/infer", "application/json", JSON.writeValueAsBytes(example("OipRequest"))));

        assertThat(shape(example("OipResponse"))).isEqualTo(shape(answer));
        assertThat(example("OipResponse").at("/outputs/1")).isEqualTo(answer.at("/outputs/1"));
        assertThat(answer.at("/outputs/1/data/0").asInt()).isEqualTo(7);
    }

    @Test
    void exampleOfARawInferenceIsAnsweredAsItsExampleSays() {
        String json = example("OipRawRequest").asString();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(TestService.ascii(json));
        body.writeBytes(TestModel.pixels(20));

        HttpResponse<String> response = service.send(service.request("/v2/models/ram/infer")
                .header("Content-Type", "application/octet-stream")
                .header("Inference-Header-Content-Length", Integer.toString(json.length()))
                .POST(BodyPublishers.ofByteArray(body.toByteArray())));

        int length = Integer.parseInt(
                response.headers().firstValue("Inference-Header-Content-Length").orElseThrow());
        assertThat(JSON.readTree(response.body().substring(0, length)))
                .isEqualTo(JSON.readTree(example("OipRawResponse").asString()));
    }

    /** All but the raw ones, which are no JSON. */
    @Test
    void everyExampleOfJsonIsValid() {
        List<JsonNode> contents = document.findValues("application/json");
        assertThat(contents).hasSizeGreaterThan(20);
        for (JsonNode content : contents) {
            String schema = content.at("/schema/$ref").asString().replaceFirst(".*/", "");
            if (content.has("example")) {
                assertValid(schema, content.get("example"));
            }
            content.path("examples")
                    .forEach(example -> assertValid(
                            schema,
                            document.at(example.get("$ref").asString().substring(1))
                                    .get("value")));
            assertThat(content.has("example") || content.has("examples"))
                    .as(schema)
                    .isTrue();
        }
    }

    @Test
    void everyAnswerHasANameAndEveryOperationMayFail() {
        document.get("paths")
                .forEachEntry((path, item) -> item.forEachEntry((method, operation) -> {
                    if (path.startsWith("/v") && !method.equals("parameters")) {
                        assertThat(operation.get("responses").has("500"))
                                .as(path)
                                .isTrue();
                        operation.get("responses").forEachEntry((status, response) -> {
                            JsonNode described = response.has("$ref")
                                    ? document.at(
                                            response.get("$ref").asString().substring(1))
                                    : response;
                            assertThat(described.at("/headers/X-Request-Id").isMissingNode())
                                    .as("%s %s", path, status)
                                    .isFalse();
                        });
                    }
                }));
    }

    private static JsonNode example(String name) {
        return document.at("/components/examples/" + name + "/value");
    }

    /** A value with the types of its members in the place of what they hold. */
    private static JsonNode shape(JsonNode value) {
        if (value.isObject()) {
            ObjectNode shape = JSON.createObjectNode();
            value.forEachEntry((name, member) -> shape.set(name, shape(member)));
            return shape;
        }
        if (value.isArray()) {
            ArrayNode shape = JSON.createArrayNode();
            value.forEach(element -> shape.add(shape(element)));
            return shape;
        }
        return JSON.getNodeFactory().stringNode(value.getNodeType().name());
    }

    static Stream<Arguments> refused() {
        String predictions = "/v1/predictions";
        String infer = "/v2/models/{model}/infer";
        Map<String, String> png = Map.of("Content-Type", "image/png");
        byte[] seven = Images.png(TestModel.pixels(20));
        byte[] heif = TestService.ascii("1234ftypheic");
        ObjectNode many =
                OipBodies.uint8(Collections.nCopies(65, TestModel.pixels(20)).toArray(byte[][]::new));
        ObjectNode small = OipBodies.uint8(TestModel.pixels(20));
        OipBodies.input(small).put("datatype", "uint8");
        return Stream.of(
                arguments("Malformed", predictions, png, Arrays.copyOf(seven, seven.length - 20)),
                arguments(
                        "NotAcceptable",
                        predictions,
                        Map.of("Content-Type", "image/png", "Accept", "text/html"),
                        seven),
                arguments("TooLarge", predictions, png, new byte[(1 << 20) + 1]),
                arguments("Unsupported", predictions, png, heif),
                arguments("Unusable", predictions, png, Images.png(new byte[28 * 28])),
                arguments("OipMalformed", infer, Map.of(), JSON.writeValueAsBytes(small)),
                arguments("OipTooLarge", infer, Map.of(), JSON.writeValueAsBytes(many)),
                arguments("OipUnsupported", infer, Map.of("Content-Encoding", "br"), JSON.writeValueAsBytes(small)));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void exampleOfARefusalIsWhatIsAnswered(String name, String path, Map<String, String> headers, byte[] body) {
        HttpRequest.Builder request = service.request(path.replace("{model}", "ram"));
        headers.forEach(request::header);

        HttpResponse<String> response = service.send(request.POST(BodyPublishers.ofByteArray(body)));

        JsonNode described = document.at("/paths/" + path.replace("/", "~1") + "/post/responses");
        assertThat(described.at("/" + response.statusCode() + "/$ref").asString())
                .isEqualTo("#/components/responses/" + name);
        assertThat(JSON.readTree(response.body())).isEqualTo(error(name, response));
    }

    @ParameterizedTest
    @CsvSource({"OipUnknown, /v2/models/rams", "OipUnknown, /v2/models/rams/ready"})
    void exampleOfWhatThereIsNotIsWhatIsAnswered(String name, String path) {
        HttpResponse<String> response = service.get(path);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(JSON.readTree(response.body())).isEqualTo(error(name, response));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/nothing, 404, Problem",
        "GET, /v1/predictions, 405, Problem",
        "PUT, /v1/model, 405, Problem",
        "GET, /v2/nothing, 404, OipError",
        "GET, /v2/models/ram/infer, 405, OipError",
        "POST, /v2, 405, OipError",
        "GET, /v1/mo{del, 400, Problem"
    })
    void errorsBesideTheOperationsHaveTheSameForm(String method, String path, int status, String schema) {
        String answer = service.exchange(TestService.ascii(
                method + " " + path + " HTTP/1.1\r\nHost: here\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        assertValid(schema, JSON.readTree(answer.substring(answer.indexOf('{'), answer.lastIndexOf('}') + 1)));
    }

    /** The example of an error, which has to have the type of an answer. */
    private static JsonNode error(String name, HttpResponse<String> answer) {
        JsonNode content = document.at("/components/responses/" + name + "/content");
        return content.get(answer.headers().firstValue("Content-Type").orElseThrow())
                .get("example");
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
