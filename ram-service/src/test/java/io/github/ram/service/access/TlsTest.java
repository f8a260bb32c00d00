package io.github.ram.service.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ram.service.fixture.GrpcClient;
import io.github.ram.service.fixture.Images;
import io.github.ram.service.fixture.TestModel;
import io.github.ram.service.fixture.TestService;
import io.github.ram.service.oip.proto.ModelInferRequest;
import io.grpc.Status;
import io.grpc.TlsChannelCredentials;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Collections;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The service behind TLS, as Spring's SSL bundles set it up. */
@ExtendWith(OutputCaptureExtension.class)
class TlsTest {

    private static final String PASSWORD = "changeit";

    private static TestService service;
    private static HttpClient client;
    private static GrpcClient grpc;
    private static String log;

    @BeforeAll
    static void start(@TempDir Path directory, CapturedOutput output) throws Exception {
        Path store = directory.resolve("keys.p12");
        run(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "ram",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD);
        service = TestService.start(
                directory,
                "--server.ssl.bundle=web",
                "--spring.ssl.bundle.jks.web.keystore.location=file:" + store,
                "--spring.ssl.bundle.jks.web.keystore.password=" + PASSWORD,
                "--spring.ssl.bundle.jks.web.keystore.type=PKCS12",
                "--management.server.ssl.enabled=false",
                "--ram.grpc.enabled=true",
                "--ram.grpc.port=0");
        log = output.getOut();
        TrustManager[] trusted = trusting(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trusted, null);
        client = HttpClient.newBuilder().sslContext(context).build();
        grpc = new GrpcClient(
                service.grpcPort(),
                TlsChannelCredentials.newBuilder().trustManager(trusted).build());
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(output).isZero();
    }

    private static TrustManager[] trusting(Path store) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ram", keys.getCertificate("ram"));
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory.getTrustManagers();
    }

    @AfterAll
    static void stop() {
        grpc.close();
        service.close();
    }

    @Test
    void answersAreTheSameAndTellBrowsersToStay() throws Exception {
        byte[] pixels = TestModel.pixels(20);

        HttpResponse<String> response = post("/v1/predictions", "image/png", Images.png(pixels));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).startsWith(TestModel.answer(pixels).substring(0, 100));
        assertThat(response.headers().firstValue("Strict-Transport-Security")).contains("max-age=31536000");
    }

    @Test
    void grpcHasTheSameCertificate() {
        ModelInferRequest request = GrpcClient.uint8(TestModel.pixels(20));

        assertThat(grpc.inference().modelInfer(request).getModelName()).isEqualTo("ram");
        try (GrpcClient plain = new GrpcClient(service.grpcPort())) {
            assertThat(GrpcClient.rejection(() -> plain.inference().modelInfer(request))
                            .getStatus()
                            .getCode())
                    .isEqualTo(Status.Code.UNAVAILABLE);
        }
    }

    /** It takes so long that the service looks whether its client is still there. */
    @Test
    void aLongRequestAndTheNextOnItsConnectionAreAnswered() throws Exception {
        byte[][] files =
                Collections.nCopies(64, Images.png(TestModel.pixels(20))).toArray(byte[][]::new);
        for (int i = 0; i < 3; i++) {
            HttpResponse<String> response =
                    post("/v1/predictions/batch?rollouts=32", TestService.FORM, TestService.form("image", files));
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        }
    }

    @Test
    void startLineTellsTheScheme() {
        assertThat(log.lines().filter(line -> line.contains(" INFO ")))
                .noneMatch(line -> line.contains("o.apache.tomcat"))
                .anyMatch(line -> line.endsWith(
                        "Try: curl -F image=@digit.png https://localhost:" + service.port() + "/v1/predictions"));
    }

    @Test
    void managementPortMayStayPlain() {
        assertThat(service.getManagement("/actuator/health").body()).startsWith("{");
    }

    @Test
    void plainHttpIsNotAnswered() {
        HttpResponse<String> response = service.get("/v1/model");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("TLS");
    }

    private static HttpResponse<String> post(String path, String type, byte[] body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost:" + service.port() + path))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }
}
