package io.github.ram.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ram.model.Prediction;
import io.github.ram.service.fixture.Failing;
import io.github.ram.service.fixture.Images;
import io.github.ram.service.fixture.TestModel;
import io.github.ram.service.fixture.TestService;
import io.github.ram.service.model.ModelLifecycle;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** What those who run the service see of it. */
class OperationTest {

    private static final byte[] PIXELS = TestModel.pixels(20);

    private static TestService service;

    @BeforeAll
    static void start(@TempDir Path directory) {
        service = TestService.start(directory);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void everySeriesExistsBeforeItsFirstEvent() {
        assertThat(scrape())
                .contains("ram_inference_seconds_bucket{le=")
                .contains("ram_queue_seconds_bucket{le=")
                .contains("ram_batch_size_bucket{le=\"1.0\"} ")
                .contains("ram_queue_depth ")
                .contains("ram_confidence_bucket{le=\"0.95\"} ")
                .contains("ram_predictions_total{digit=\"0\"} ")
                .contains("ram_predictions_total{digit=\"9\"} ")
                .contains("ram_rejected_total{reason=\"malformed\"} ")
                .contains("ram_rejected_total{reason=\"too_large\"} ")
                .contains("ram_rejected_total{reason=\"unsupported_type\"} ")
                .contains("ram_rejected_total{reason=\"unusable\"} ")
                .contains("ram_rejected_total{reason=\"unavailable\"} ")
                .contains("ram_rejected_total{reason=\"queue_full\"} ")
                .contains("ram_rejected_total{reason=\"deadline\"} ")
                .contains("ram_rejected_total{reason=\"unauthorized\"} ")
                .contains("ram_model_info{backend=\"cpu\",engine=\"blas\",name=\"ram-test\",version=\""
                        + TestModel.checkpoint().manifest().version() + "\"} 1\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "image/png        | good    | ram_inference_seconds_count",
                "image/png        | good    | ram_queue_seconds_count",
                "image/png        | good    | ram_batch_size_count",
                "image/png        | good    | ram_confidence_count",
                "image/png        | rubbish | ram_rejected_total{reason=\"malformed\"}",
                "text/plain       | rubbish | ram_rejected_total{reason=\"unsupported_type\"}",
                "application/json | {}      | ram_rejected_total{reason=\"unusable\"}"
            })
    void eventIsCountedOnce(String type, String body, String series) {
        double before = value(series);

        service.post(type, body.equals("good") ? Images.png(PIXELS) : TestService.ascii(body));

        assertThat(value(series)).isEqualTo(before + 1);
    }

    @Test
    void predictionIsCountedUnderItsClass() {
        Prediction prediction = TestModel.predict(PIXELS);
        String series = "ram_predictions_total{digit=\"" + prediction.label() + "\"}";
        double before = value(series);
        double sum = value("ram_confidence_sum");

        service.post("image/png", Images.png(PIXELS));

        assertThat(value(series)).isEqualTo(before + 1);
        assertThat(value("ram_confidence_sum")).isEqualTo(sum + prediction.confidence());
    }

    @Test
    void onlyHealthInfoAndPrometheusAreExposed() {
        assertThat(service.getManagement("/actuator/health").statusCode()).isEqualTo(200);
        assertThat(service.getManagement("/actuator/info").statusCode()).isEqualTo(200);
        for (String other : List.of("env", "heapdump", "loggers", "beans", "configprops", "threaddump", "shutdown")) {
            assertThat(service.getManagement("/actuator/" + other).statusCode())
                    .as(other)
                    .isEqualTo(404);
        }
        assertThat(service.getManagement("/actuator/health").body()).doesNotContain("details", "components");
        assertThat(service.getManagement("/v1/model").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /nope | */* | 404 | there is nothing at this path: GET /actuator/health, /actuator/info or /actuator/prometheus",
                "GET /actuator/prometheus?includedNames=%zz | */* | 400 | the query cannot be read: correct the part after the question mark",
                "POST /actuator/prometheus | */* | 405 | this method is not allowed here: use GET",
                "GET /actuator/prometheus | image/png | 406 | no type that the Accept header allows is available: accept any",
                "GET /% | */* | 400 | the request is not valid HTTP: its first line, a header or a chunk is wrong or too long, or its body ends early",
                "TRACE /actuator/info | */* | 405 | this method is not allowed here"
            })
    void managementRefusesWithProblemsOfItsOwn(String line, String accept, int status, String detail) {
        double before = value("ram_rejected_total{reason=\"not_found\"}");

        String answer = service.exchangeManagement(TestService.ascii(line + " HTTP/1.1\r\nHost: here\r\nAccept: "
                + accept + "\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"));

        assertThat(answer)
                .startsWith("HTTP/1.1 " + status + " ")
                .contains("application/problem+json")
                .contains("\"detail\":\"" + detail)
                .doesNotContain("<html", "/v1/");
        assertThat(value("ram_rejected_total{reason=\"not_found\"}")).isEqualTo(before);
    }

    @Test
    void probesAnswerOnTheServicesPort() {
        assertThat(service.getManagement("/livez").statusCode()).isEqualTo(404);
        assertThat(service.getManagement("/readyz").statusCode()).isEqualTo(404);
        assertThat(service.getManagement("/actuator/health/liveness").body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(service.getManagement("/actuator/health/readiness").body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(service.get("/livez").body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(service.get("/readyz").body()).isEqualTo("{\"status\":\"UP\"}");
    }

    @Test
    void requestsAreRefusedWhileItShutsDown() {
        String before = service.post("image/png", Images.png(PIXELS)).body();
        ModelLifecycle lifecycle = service.bean(ModelLifecycle.class);

        lifecycle.stop();
        HttpResponse<String> refused = service.post("image/png", Images.png(PIXELS));
        lifecycle.start();
        HttpResponse<String> after = service.post("image/png", Images.png(PIXELS));

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(refused.body())
                .contains("the service is shutting down: send the request again, on a new connection");
        assertThat(after.body()).isEqualTo(before);
    }

    @Test
    void failureIsAnsweredWithoutItsCause() throws Exception {
        RequestMappingHandlerMapping mapping =
                service.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
        mapping.registerMapping(
                RequestMappingInfo.paths("/v1/failing")
                        .options(mapping.getBuilderConfiguration())
                        .build(),
                new Failing(),
                Failing.class.getMethod("fail"));

        HttpResponse<String> response = service.get("/v1/failing");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(response.body())
                .contains("the service failed at this request")
                .doesNotContain("secret", "Exception");
    }

    private static double value(String series) {
        return service.metric(series);
    }

    private static String scrape() {
        HttpResponse<String> response = service.getManagement("/actuator/prometheus");
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }
}
