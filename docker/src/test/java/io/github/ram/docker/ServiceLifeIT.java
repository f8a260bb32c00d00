package io.github.ram.docker;

import static io.github.ram.docker.Docker.docker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;

/** How a container of the service starts, and how it ends. */
@NeedsImages
class ServiceLifeIT {

    private static final int CLIENTS = 8;

    @TempDir
    Path directory;

    /** A request: whether it was sent before the signal, and the status line of its answer, null without an answer. */
    private record Exchange(boolean beforeSignal, String status) {}

    @Test
    void terminationLosesNoRequestUnderWay() throws Exception {
        try (ServiceContainer service = new ServiceContainer()) {
            service.withEnv("RAM_DEADLINE", "1m"); // on a busy machine the default deadline would answer some with 504
            service.start();
            String id = service.getContainerId();
            AtomicBoolean signalled = new AtomicBoolean();
            AtomicInteger answered = new AtomicInteger();
            ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
            try {
                List<Future<List<Exchange>>> all = new ArrayList<>();
                for (int i = 0; i < CLIENTS; i++) {
                    all.add(clients.submit(() -> ask(service, signalled, answered)));
                }
                await().atMost(Duration.ofMinutes(1)).until(() -> answered.get() > 50 * CLIENTS);

                signalled.set(true);
                docker("kill", "--signal=TERM", id);

                List<Exchange> exchanges = new ArrayList<>();
                for (Future<List<Exchange>> client : all) {
                    exchanges.addAll(client.get());
                }
                assertThat(exchanges)
                        .filteredOn(Exchange::beforeSignal)
                        .hasSizeGreaterThan(50 * CLIENTS)
                        .allMatch(exchange -> "HTTP/1.1 200".equals(exchange.status()), "is answered");
                assertThat(exchanges)
                        .filteredOn(exchange -> exchange.status() != null)
                        .extracting(Exchange::status)
                        .isSubsetOf("HTTP/1.1 200", "HTTP/1.1 503");
            } finally {
                clients.shutdownNow();
            }
            await().atMost(Duration.ofMinutes(1)).until(() -> !service.isRunning());
            assertThat(exitCode(service)).isEqualTo(143);
            assertThat(service.getLogs())
                    .contains("Shutdown continues: new requests are rejected, requests in progress are answered");
        }
    }

    /** Sends requests, each on a new connection, until the service accepts no connection. */
    private static List<Exchange> ask(ServiceContainer service, AtomicBoolean signalled, AtomicInteger answered) {
        List<Exchange> exchanges = new ArrayList<>();
        while (!Thread.currentThread().isInterrupted()) {
            boolean before = !signalled.get();
            try (Socket socket = new Socket(service.getHost(), service.getMappedPort(8080))) {
                byte[] image = ServiceContainer.seven();
                socket.getOutputStream()
                        .write(("POST /v1/predictions HTTP/1.1\r\nHost: here\r\nConnection: close\r\n"
                                        + "Content-Type: image/png\r\nContent-Length: " + image.length + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().write(image);
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                boolean whole = answer.endsWith("}") || answer.endsWith("\r\n0\r\n\r\n");
                exchanges.add(new Exchange(before, whole ? answer.substring(0, 12) : null));
                answered.incrementAndGet();
            } catch (IOException e) {
                exchanges.add(new Exchange(before, null));
            }
            if (exchanges.get(exchanges.size() - 1).status() == null) {
                return exchanges;
            }
        }
        return exchanges;
    }

    /** The end of a pod after its preStop sleep, when no load balancer opens more connections to it. */
    @Test
    void clientsLoseNoRequestOnKeptConnections() throws Exception {
        PodSpec pod = Charts.SERVICE.render("{}").pod(Deployment.class);
        Container chart = pod.getContainers().get(0);
        long left = pod.getTerminationGracePeriodSeconds()
                - chart.getLifecycle().getPreStop().getSleep().getSeconds();
        try (ServiceContainer service = new ServiceContainer()) {
            chart.getEnv().forEach(variable -> service.withEnv(variable.getName(), variable.getValue()));
            service.start();
            AtomicInteger answered = new AtomicInteger();
            ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
            try {
                List<Future<List<Integer>>> all = new ArrayList<>();
                for (int i = 0; i < CLIENTS; i++) {
                    Duration pause = Duration.ofMillis(100L * i);
                    all.add(clients.submit(() -> askOnOneConnection(service, pause, answered)));
                }
                await().atMost(Duration.ofMinutes(1)).until(() -> answered.get() > 50 * CLIENTS);

                docker("stop", "--time=" + left, service.getContainerId());

                for (Future<List<Integer>> client : all) {
                    assertThat(client.get()).isNotEmpty().containsOnly(200);
                }
            } finally {
                clients.shutdownNow();
            }
            assertThat(exitCode(service)).isEqualTo(143);
        }
    }

    /** Sends requests until an answer closes the connection, and returns the status of each answer. */
    private static List<Integer> askOnOneConnection(ServiceContainer service, Duration pause, AtomicInteger answered)
            throws Exception {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        List<Integer> statuses = new ArrayList<>();
        while (true) {
            HttpResponse<String> response =
                    client.send(service.prediction(ServiceContainer.seven()), BodyHandlers.ofString());
            statuses.add(response.statusCode());
            answered.incrementAndGet();
            if (response.headers().allValues("Connection").contains("close")) {
                return statuses;
            }
            Thread.sleep(pause.toMillis());
        }
    }

    @Test
    void brokenCheckpointStopsTheStartWithOneClearLine() throws Exception {
        Path broken = Files.write(directory.resolve("broken.ram"), new byte[5000]);
        try (ServiceContainer service = new ServiceContainer()
                .withEnv("RAM_CHECKPOINT", "/models/broken.ram")
                .withFile(broken, "/models/broken.ram")
                .withStartupCheckStrategy(
                        new OneShotStartupCheckStrategy() {
                            @Override
                            public StartupStatus checkStartupState(
                                    com.github.dockerjava.api.DockerClient client, String container) {
                                // The process must fail.
                                return super.checkStartupState(client, container) == StartupStatus.FAILED
                                        ? StartupStatus.SUCCESSFUL
                                        : StartupStatus.NOT_YET_KNOWN;
                            }
                        }.withTimeout(Duration.ofMinutes(2)))
                .waitingFor(Wait.forLogMessage(".*Cannot start: .*", 1))) {
            service.start();

            assertThat(exitCode(service)).isEqualTo(1);
            assertThat(service.getLogs().strip().lines().filter(line -> !line.startsWith("WARNING: Using incubator ")))
                    .singleElement()
                    .asString()
                    .contains("Cannot start: /models/broken.ram ")
                    .endsWith("Set ram.checkpoint (RAM_CHECKPOINT) to a checkpoint file or to the name of a"
                            + " bundled model.");
        }
    }

    @Test
    void settingsAreReadFromTheFolderThatTheChartMounts() throws Exception {
        Path settings = Files.writeString(directory.resolve("application.yaml"), "ram:\n  threads: 3\n");
        try (ServiceContainer service = new ServiceContainer().withFile(settings, "/app/config/application.yaml")) {
            service.start();

            assertThat(service.getLogs()).contains("threads=3");
        }
    }

    @Test
    void sameDiffCanBeChosenOnTheReadOnlyRoot() {
        try (ServiceContainer service = new ServiceContainer().withItsOwnTmp().withEnv("RAM_ENGINE", "samediff")) {
            service.start();

            assertThat(service.predict().body()).contains("\"class\":7,");
            assertThat(service.get(8081, "/actuator/prometheus").body()).contains("engine=\"samediff\"");
        }
    }

    private static long exitCode(ServiceContainer service) {
        return DockerClientFactory.instance()
                .client()
                .inspectContainerCmd(service.getContainerId())
                .exec()
                .getState()
                .getExitCodeLong();
    }
}
