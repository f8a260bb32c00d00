package io.github.ram.service.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ram.service.fixture.GrpcClient;
import io.github.ram.service.fixture.Images;
import io.github.ram.service.fixture.TestModel;
import io.github.ram.service.fixture.TestService;
import io.github.ram.service.oip.proto.ServerLiveRequest;
import io.github.ram.service.oip.proto.ServerMetadataRequest;
import io.github.ram.service.oip.proto.ServerReadyRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may ask, and what an answer carries. */
class AccessTest {

    private static TestService service;
    private static Path keyFile;
    private static GrpcClient client;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        keyFile = Files.writeString(directory.resolve("keys"), "# of the laboratory\n  # indented\n\nthird\n");
        service = TestService.start(
                directory,
                "--ram.api-key=first, second",
                "--ram.api-key-file=" + keyFile,
                "--ram.grpc.enabled=true",
                "--ram.grpc.port=0");
        client = new GrpcClient(service.grpcPort());
    }

    @AfterAll
    static void stop() {
        client.close();
        service.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/v1/model", "/v2", "/v3/api-docs", "/nowhere", "/livez/x", "//livez"})
    void nothingIsAnsweredWithoutAKey(String path) {
        HttpResponse<String> response = service.get(path);

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().allValues("WWW-Authenticate")).hasSize(2);
        assertThat(response.body()).contains("a valid API key is needed").doesNotContain("first");
    }

    @ParameterizedTest
    @ValueSource(strings = {"first", "second", "third"})
    void everyKeyOpens(String key) {
        assertThat(status("Authorization", "Bearer " + key)).isEqualTo(200);
        assertThat(status("Authorization", "bearer " + key)).isEqualTo(200);
        assertThat(status("X-API-Key", key)).isEqualTo(200);
        String basic = Base64.getEncoder().encodeToString(("me:" + key).getBytes());
        assertThat(status("Authorization", "Basic " + basic)).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "fir", "firstt", "First", "first,second", "# of the laboratory", "# indented", "first second"
            })
    void noOtherKeyOpens(String key) {
        assertThat(status("Authorization", "Bearer " + key)).isEqualTo(401);
        assertThat(status("X-API-Key", key)).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "Authorization, Bearer first",
        "authorization, bearer second",
        "X-API-Key, third",
        "x-api-key, first",
        "Authorization, Basic bWU6c2Vjb25k"
    })
    void everyKeyOpensGrpc(String header, String value) {
        assertThat(client.inference(header, value)
                        .modelInfer(GrpcClient.uint8(TestModel.pixels(20)))
                        .getModelName())
                .isEqualTo("ram");
    }

    @ParameterizedTest
    @CsvSource({"x-other, first", "x-api-key, firs", "authorization, first", "authorization, Bearer wrong"})
    void noOtherKeyOpensGrpc(String header, String value) {
        double before = service.metric("ram_rejected_total{reason=\"unauthorized\"}");

        for (byte[] image : List.of(TestModel.pixels(20), new byte[2_000_000])) {
            StatusRuntimeException rejection = GrpcClient.rejection(
                    () -> client.inference(header, value).modelInfer(GrpcClient.raw("UINT8", 1, image)));
            assertThat(rejection.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
            assertThat(rejection.getStatus().getDescription())
                    .isEqualTo("a valid API key is needed: send it as Authorization: Bearer KEY, or as X-API-Key: KEY");
        }
        assertThat(service.metric("ram_rejected_total{reason=\"unauthorized\"}"))
                .isEqualTo(before + 2);
    }

    @Test
    void probesOfGrpcNeedNoKey() {
        assertThat(client.inference()
                        .serverLive(ServerLiveRequest.getDefaultInstance())
                        .getLive())
                .isTrue();
        assertThat(client.inference()
                        .serverReady(ServerReadyRequest.getDefaultInstance())
                        .getReady())
                .isTrue();
        assertThat(HealthGrpc.newBlockingStub(client.channel())
                        .check(HealthCheckRequest.getDefaultInstance())
                        .getStatus())
                .isEqualTo(HealthCheckResponse.ServingStatus.SERVING);
        assertThat(GrpcClient.rejection(
                                () -> client.inference().serverMetadata(ServerMetadataRequest.getDefaultInstance()))
                        .getStatus()
                        .getCode())
                .isEqualTo(Status.Code.UNAUTHENTICATED);
    }

    /** A gateway may have set the other header. */
    @ParameterizedTest
    @ValueSource(strings = {"Digest x", "Bearer wrong", "rubbish"})
    void eitherHeaderOpens(String authorization) {
        assertThat(service.send(service.request("/v1/model")
                                .header("Authorization", authorization)
                                .header("X-API-Key", "first"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(service.send(service.request("/v1/model")
                                .header("Authorization", "Bearer first")
                                .header("X-API-Key", "wrong"))
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/livez", "/readyz", "/v2/health/live", "/v2/health/ready"})
    void probesNeedNoKey(String path) {
        assertThat(service.get(path).statusCode()).isEqualTo(200);
    }

    /** A client that is still sending when it is refused would see a broken connection. */
    @ParameterizedTest
    @ValueSource(ints = {10, 900_000, 2_000_000})
    void refusalIsSeenHoweverLargeTheBodyIs(int size) {
        double before = service.metric("ram_rejected_total{reason=\"unauthorized\"}");

        HttpResponse<String> response = service.post("image/png", new byte[size]);

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(response.body())
                .isEqualTo(
                        "{\"title\":\"Unauthorized\",\"status\":401,\"detail\":\"a valid API key is needed: "
                                + "send it as Authorization: Bearer KEY, or as X-API-Key: KEY\",\"instance\":\"/v1/predictions\"}");
        assertThat(service.metric("ram_rejected_total{reason=\"unauthorized\"}"))
                .isEqualTo(before + 1);
    }

    @Test
    void keyIsAskedForWhateverBecomesOfTheBody() {
        String answer = service.exchange(TestService.ascii("POST /v1/predictions HTTP/1.1\r\nHost: here\r\n"
                + "Content-Type: image/png\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\nzz\r\n"));

        assertThat(answer)
                .startsWith("HTTP/1.1 401 ")
                .contains("\r\nWWW-Authenticate: Bearer realm=\"ram\"\r\n")
                .contains("a valid API key is needed");
    }

    @Test
    void inferenceIsRefusedInTheFormOfItsProtocol() {
        HttpResponse<String> response =
                service.post("/v2/models/ram/infer", "application/json", TestService.ascii("{}"));

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.body()).startsWith("{\"error\":\"a valid API key is needed");
    }

    @Test
    void predictionIsMadeForThoseWithAKey() {
        HttpResponse<String> response = service.send(service.request("/v1/predictions")
                .header("X-API-Key", "second")
                .header("Content-Type", "image/png")
                .POST(BodyPublishers.ofByteArray(Images.png(TestModel.pixels(20)))));

        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    void keysOfTheFileCanBeChanged() throws Exception {
        Files.writeString(keyFile, "third\nfourth\n");
        Files.setLastModifiedTime(keyFile, FileTime.fromMillis(1_000_000));
        assertThat(status("X-API-Key", "fourth")).isEqualTo(200);

        Files.delete(keyFile);
        assertThat(status("X-API-Key", "fourth")).as("while there is no file").isEqualTo(200);

        Files.writeString(keyFile, "third\n");
        Files.setLastModifiedTime(keyFile, FileTime.fromMillis(2_000_000));
        assertThat(status("X-API-Key", "fourth")).isEqualTo(401);
        assertThat(status("X-API-Key", "third")).isEqualTo(200);
    }

    @Test
    void answersTellBrowsersToDoNothingWithThem() {
        var headers = service.get("/livez").headers();

        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("X-Frame-Options")).contains("DENY");
        assertThat(headers.firstValue("Content-Security-Policy"))
                .get()
                .asString()
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self';");
        assertThat(headers.firstValue("Strict-Transport-Security")).isEmpty();
        assertThat(headers.firstValue("Server")).isEmpty();
    }

    @Test
    void requestKeepsItsNameOrGetsOne() {
        assertThat(named("gateway-1.a_B")).isEqualTo("gateway-1.a_B");
        assertThat(named("a b")).matches("[0-9a-f-]{36}");
        assertThat(named("x".repeat(129))).matches("[0-9a-f-]{36}");
        assertThat(service.get("/livez").headers().firstValue("X-Request-Id").orElseThrow())
                .matches("[0-9a-f-]{36}");
    }

    private static String named(String id) {
        return service.send(service.request("/livez").header("X-Request-Id", id))
                .headers()
                .firstValue("X-Request-Id")
                .orElseThrow();
    }

    private static int status(String header, String value) {
        return service.send(service.request("/v1/model").header(header, value)).statusCode();
    }
}
