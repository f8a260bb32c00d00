package io.github.ram.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ram.model.Query;
import io.github.ram.service.fixture.GrpcClient;
import io.github.ram.service.fixture.Images;
import io.github.ram.service.fixture.TestModel;
import io.github.ram.service.fixture.TestService;
import io.github.ram.service.model.ModelLifecycle;
import io.github.ram.service.model.Predictor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** More than the service can do, and clients that do not do their part. It has one worker and takes in three images. */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OverloadTest {

    private static final byte[] PNG = Images.png(TestModel.pixels(20));

    private static TestService service;

    /** They keep the worker busy and the queue full: two images of the one, and one of the other. */
    private final List<Thread> hogs = List.of(new Thread(() -> hog(2)), new Thread(() -> hog(1)));

    /** Connections of clients that stay without doing their part. */
    private final List<Socket> held = new ArrayList<>();

    @BeforeAll
    static void start(@TempDir Path directory) {
        service = TestService.start(
                directory,
                "--ram.engine=samediff", // the slow one: the other would be done before anybody is kept waiting
                "--ram.threads=1",
                "--ram.batch.max-size=1",
                "--ram.queue.capacity=3",
                "--ram.limits.batch=2",
                "--ram.limits.body-time=1h",
                "--ram.deadline=10m",
                "--ram.grpc.enabled=true",
                "--ram.grpc.port=0",
                "--server.tomcat.connection-timeout=1h");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @AfterEach
    void hangUp() throws IOException {
        for (Socket socket : held) {
            socket.close();
        }
    }

    @AfterEach
    void letTheWorkerGo() throws InterruptedException {
        hogs.forEach(Thread::interrupt);
        for (Thread hog : hogs) {
            hog.join();
        }
    }

    private static void hog(int images) {
        Predictor predictor = service.bean(ModelLifecycle.class).model().predictor();
        Query slow = predictor.query(TestModel.pixels(1), 300);
        while (!Thread.currentThread().isInterrupted()) {
            try {
                predictor.predict(Collections.nCopies(images, slow));
            } catch (Rejection e) {
                LockSupport.parkNanos(1_000_000); // The queue is full, or this thread has been interrupted.
            }
        }
    }

    @Test
    void fullQueueIsAnswered429UntilThereIsRoom() throws Exception {
        hogs.forEach(Thread::start);
        HttpResponse<String> refused = postUntil(429);

        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(refused.body()).contains("the queue is full: send the request again later");
        assertThat(service.get("/v1/model").statusCode()).isEqualTo(200);
        assertThat(service.get("/readyz").statusCode()).isEqualTo(200);

        letTheWorkerGo();
        assertThat(postUntil(200).body()).contains("\"label\":");
    }

    @Test
    void fullQueueIsResourceExhaustedUntilThereIsRoom() throws Exception {
        hogs.forEach(Thread::start);
        try (GrpcClient client = new GrpcClient(service.grpcPort())) {
            StatusRuntimeException rejection = callUntil(client, Status.Code.RESOURCE_EXHAUSTED);
            assertThat(rejection.getStatus().getDescription())
                    .isEqualTo("the queue is full: send the request again later");

            letTheWorkerGo();
            assertThat(callUntil(client, null)).isNull();
        }
    }

    /** Returns the error with the code, or null after the first answer if the code is null. */
    private static StatusRuntimeException callUntil(GrpcClient client, Status.Code code) {
        while (true) {
            StatusRuntimeException error = null;
            try {
                client.inference().modelInfer(GrpcClient.uint8(TestModel.pixels(20)));
            } catch (StatusRuntimeException e) {
                error = e;
            }
            if (code == (error == null ? null : error.getStatus().getCode())) {
                return error;
            }
        }
    }

    private static HttpResponse<String> postUntil(int status) throws InterruptedException {
        HttpResponse<String> response = service.post("image/png", PNG);
        while (response.statusCode() != status) {
            Thread.sleep(5);
            response = service.post("image/png", PNG);
        }
        return response;
    }

    @Test
    void requestsThatArriveBeforeTheFirstIsAnsweredAreAllAnswered() throws Exception {
        hogs.forEach(Thread::start);
        try (Socket socket = connect()) {
            byte[] closing = TestService.ascii("GET /livez HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n");
            for (int i = 0; i < 3; i++) {
                socket.getOutputStream().write(post(PNG.length));
                socket.getOutputStream().write(PNG);
            }
            socket.getOutputStream().write(closing);

            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answers.split("HTTP/1.1 (200|429) ")).hasSize(5); // nothing, 3 predictions or refusals, UP
            assertThat(answers).contains("{\"status\":\"UP\"}");
        }
    }

    @Test
    void bodiesThatDoNotComeTakeNoThreads() throws Exception {
        for (int i = 0; i < 50; i++) { // The service has 19 threads.
            Socket socket = connect();
            held.add(socket);
            socket.getOutputStream().write(post(PNG.length));
            socket.getOutputStream().write(PNG, 0, PNG.length / 2);
        }

        assertThat(postUntil(200).body()).contains("\"label\":");

        for (Socket socket : held) {
            socket.getOutputStream().write(PNG, PNG.length / 2, PNG.length - PNG.length / 2);
            assertThat(head(socket)).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void formsThatDoNotComeTakeNoThreads() throws Exception {
        for (int i = 0; i < 50; i++) {
            Socket socket = connect();
            held.add(socket);
            socket.getOutputStream()
                    .write(TestService.ascii("PUT / HTTP/1.1\r\nHost: here\r\n"
                            + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\na="));
        }

        assertThat(postUntil(200).body()).contains("\"label\":");
    }

    @Test
    void clientsThatDoNotReadTheirAnswersLoseTheirThreadsAfterTheTimeout(@TempDir Path directory) throws Exception {
        try (TestService other = TestService.start(
                directory,
                "--ram.queue.capacity=64",
                "--server.tomcat.connection-timeout=200ms",
                "--server.tomcat.threads.max=4")) {
            for (int i = 0; i < 8; i++) {
                Socket socket = new Socket();
                held.add(socket);
                socket.setReceiveBufferSize(4096);
                socket.connect(new InetSocketAddress("localhost", other.port()));
                for (int j = 0; j < 5; j++) { // of more than a megabyte each
                    socket.getOutputStream()
                            .write(TestService.ascii(
                                    "GET /webjars/swagger-ui/swagger-ui-bundle.js HTTP/1.1\r\nHost: here\r\n\r\n"));
                }
            }

            assertThat(other.post("image/png", PNG).body()).contains("\"label\":");
        }
    }

    @Test
    void bodyMayComeByteByByte() throws Exception {
        try (Socket socket = connect()) {
            socket.setTcpNoDelay(true);
            socket.getOutputStream().write(post(PNG.length));
            for (byte some : PNG) {
                socket.getOutputStream().write(some);
                socket.getOutputStream().flush();
            }
            assertThat(head(socket)).startsWith("HTTP/1.1 200 ");
        }
    }

    private static Socket connect() throws IOException {
        return new Socket("localhost", service.port());
    }

    private static byte[] post(int length) {
        return TestService.ascii("POST /v1/predictions HTTP/1.1\r\nHost: here\r\nContent-Type: image/png\r\n"
                + "Content-Length: " + length + "\r\n\r\n");
    }

    private static String head(Socket socket) throws IOException {
        return new String(socket.getInputStream().readNBytes(15), StandardCharsets.US_ASCII);
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(5);
        }
    }
}
