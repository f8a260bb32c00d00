package io.github.ram.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real Prometheus scrapes the service, evaluates its alerts and answers the queries of its dashboard. */
@NeedsImages
class MonitoringIT {

    private static final Path CONFIGURATION = Path.of("prometheus/prometheus.yaml");
    private static final Path FILES = Path.of("../helm/ram-service/files");
    private static final Path RULE_TESTS = Path.of("src/test/resources/alerts-test.yaml");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((?<series>.+), (?<label>\\w+)\\)");

    private static Network network;
    private static ServiceContainer service;
    private static GenericContainer<?> prometheus;

    @BeforeAll
    static void start() throws IOException {
        network = Network.newNetwork();
        service = new ServiceContainer().withNetwork(network).withNetworkAliases("service");
        service.start();
        // The shipped configuration with shorter intervals.
        String configuration = Files.readString(CONFIGURATION).replace("15s", "1s");
        prometheus = new GenericContainer<>(DockerImageName.parse(Images.PROMETHEUS))
                .withNetwork(network)
                .withExposedPorts(9090)
                .withCommand("--config.file=/tmp/prometheus.yaml", "--storage.tsdb.path=/tmp/data")
                .withCopyToContainer(Transferable.of(configuration), "/tmp/prometheus.yaml")
                .withCopyFileToContainer(file(FILES.resolve("alerts.yaml")), "/tmp/alerts.yaml")
                .withCopyFileToContainer(file(RULE_TESTS), "/tmp/alerts-test.yaml")
                .waitingFor(Wait.forHttp("/-/ready").forPort(9090));
        prometheus.start();
        await().atMost(Duration.ofMinutes(2))
                .until(() -> !query("ram_model_info").isEmpty());
    }

    @AfterAll
    static void stop() {
        prometheus.close();
        service.close();
        network.close();
    }

    @Test
    void predictionsReachPrometheus() {
        double before = value("ram_predictions_total{digit=\"7\"}");

        service.predict();

        await().atMost(Duration.ofMinutes(1)).until(() -> value("ram_predictions_total{digit=\"7\"}") == before + 1);
    }

    private static JsonNode dashboard() throws IOException {
        return JSON.readTree(Files.readString(FILES.resolve("dashboard.json")));
    }

    /** Replaces variables as Grafana does when all of their values are selected. */
    private static String substituted(JsonNode query) {
        String substituted = query.asString()
                .replace("$__rate_interval", "10s")
                .replace("$job", ".+")
                .replace("$instance", ".+");
        assertThat(substituted).as("variables that nobody sets").doesNotContain("$");
        return substituted;
    }

    private static Stream<Arguments> variablesOfTheDashboard() throws IOException {
        return dashboard()
                .get("templating")
                .get("list")
                .valueStream()
                .filter(variable -> variable.get("type").asString().equals("query"))
                .map(variable -> Arguments.of(
                        variable.get("name").asString(),
                        substituted(variable.get("query").get("query"))));
    }

    /** Sends the queries of the variables as Grafana does. */
    @ParameterizedTest
    @MethodSource("variablesOfTheDashboard")
    void everyVariableOfTheDashboardFindsValues(String variable, String query) {
        Matcher parts = LABEL_VALUES.matcher(query);
        assertThat(parts.matches()).as(query).isTrue();
        String path = "/api/v1/label/%s/values?match%%5B%%5D=%s"
                .formatted(parts.group("label"), URLEncoder.encode(parts.group("series"), StandardCharsets.UTF_8));

        JsonNode answer = get(path);

        assertThat(answer.get("status").asString()).as(answer.toString()).isEqualTo("success");
        assertThat(answer.get("data").valueStream().map(JsonNode::asString))
                .containsExactly(variable.equals("job") ? "ram-service" : "service:8081");
    }

    private static Stream<Arguments> queriesOfTheDashboard() throws IOException {
        return dashboard()
                .get("panels")
                .valueStream()
                .flatMap(panel -> panel.get("targets")
                        .valueStream()
                        .map(target -> Arguments.of(panel.get("title").asString(), substituted(target.get("expr")))));
    }

    @ParameterizedTest
    @MethodSource("queriesOfTheDashboard")
    void everyQueryOfTheDashboardFindsData(String panel, String query) {
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            service.predict();
            service.post("rubbish".getBytes(StandardCharsets.US_ASCII));
            JsonNode result = query(query);
            return !result.isEmpty()
                    && result.valueStream().mapToDouble(MonitoringIT::number).allMatch(Double::isFinite);
        });
    }

    @Test
    void alertsAreEvaluatedWithoutAnErrorAndNoneFires() {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> rules().map(rule -> rule.get("health").asString()).allMatch("ok"::equals));

        assertThat(rules().map(rule -> rule.get("name").asString()).collect(Collectors.toSet()))
                .contains("RamServiceDown", "RamServiceRefusing", "RamServiceUnsure");
        assertThat(rules().map(rule -> rule.get("state").asString())).doesNotContain("firing");
    }

    @Test
    void alertsFireWhenTheyShould() throws Exception {
        promtool("test", "rules", "/tmp/alerts-test.yaml");
    }

    @Test
    void promtoolFindsNoFaultInTheConfiguration() throws Exception {
        promtool("check", "config", "/tmp/prometheus.yaml");
    }

    @Test
    void promtoolFindsNoFaultInTheServicesOwnMetrics() throws Exception {
        String own = service.get(8081, "/actuator/prometheus")
                .body()
                .lines()
                .filter(line -> line.matches("(# (HELP|TYPE) )?ram_.*"))
                .collect(Collectors.joining("\n", "", "\n"));
        prometheus.copyFileToContainer(Transferable.of(own), "/tmp/metrics.txt");

        assertThat(own.lines()).hasSizeGreaterThan(50);
        ExecResult result = prometheus.execInContainer("sh", "-c", "promtool check metrics </tmp/metrics.txt");
        assertThat(result.getExitCode()).as(result.toString()).isZero();
    }

    private static void promtool(String... arguments) throws Exception {
        String[] command =
                Stream.concat(Stream.of("promtool"), Stream.of(arguments)).toArray(String[]::new);
        ExecResult result = prometheus.execInContainer(command);
        assertThat(result.getExitCode())
                .as(result.getStdout() + result.getStderr())
                .isZero();
    }

    private static Stream<JsonNode> rules() {
        return get("/api/v1/rules")
                .get("data")
                .get("groups")
                .valueStream()
                .flatMap(group -> group.get("rules").valueStream());
    }

    /** Returns the value of a series, which Prometheus sends as text, or NaN for NaN and infinity. */
    private static double number(JsonNode series) {
        return series.get("value").get(1).asDouble(Double.NaN);
    }

    private static double value(String query) {
        return query(query).valueStream().mapToDouble(MonitoringIT::number).sum();
    }

    /** Returns the current series of a query. */
    private static JsonNode query(String query) {
        JsonNode answer = get("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        assertThat(answer.get("status").asString()).as(answer.toString()).isEqualTo("success");
        return answer.get("data").get("result");
    }

    private static JsonNode get(String path) {
        URI address =
                URI.create("http://%s:%d%s".formatted(prometheus.getHost(), prometheus.getMappedPort(9090), path));
        return JSON.readTree(Http.get(address).body());
    }

    private static MountableFile file(Path path) {
        return MountableFile.forHostPath(path.toAbsolutePath(), 0444);
    }
}
