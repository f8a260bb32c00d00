package io.github.ram.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class RamPropertiesTest {

    @Test
    void nothingSetGivesTheDefaults() {
        RamProperties properties = bind(Map.of());

        assertThat(properties.checkpoint()).isEqualTo("mnist");
        assertThat(properties.engine()).isEqualTo("auto");
        assertThat(properties.threads()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(properties.batch().maxSize()).isEqualTo(32);
        assertThat(properties.deadline()).isEqualTo(Duration.ofSeconds(2));
        assertThat(properties.shutdownGrace()).isEqualTo(Duration.ofSeconds(5));
        assertThat(properties.limits().bodyBytes()).isEqualTo(10_485_760);
        assertThat(properties.limits().bodyTime()).isEqualTo(Duration.ofSeconds(10));
        assertThat(properties.limits().imageSide()).isEqualTo(4096);
        assertThat(properties.limits().batch()).isEqualTo(64);
        assertThat(properties.cors().allowedOrigins()).isEmpty();
        assertThat(properties.grpc().enabled()).isFalse();
        assertThat(properties.grpc().port()).isEqualTo(9000);
    }

    @Test
    void originsAreAListWithoutPaths() {
        assertThat(bind(variables("RAM_CORS_ALLOWED_ORIGINS", "https://a.example,http://localhost:5173"))
                        .cors()
                        .allowedOrigins())
                .containsExactly("https://a.example", "http://localhost:5173");
        assertThatThrownBy(() -> bind(variables("RAM_CORS_ALLOWED_ORIGINS", "https://a.example/")))
                .hasRootCauseMessage(
                        "ram.cors.allowed-origins must be *, or origins such as https://example.org without a path, got https://a.example/");
    }

    @ParameterizedTest
    @CsvSource({"1, '', '', 64", "3, '', '', 96", "3, 500, '', 500", "3, 500, 20, 20", "3, '', 20, 20"})
    void theQueueTakesAsManyRequestsAsItsWorkersCanAnswerOrAsItHasRoomFor(
            int threads, String capacity, String requests, int expected) {
        RamProperties properties = bind(
                variables("RAM_THREADS", "" + threads, "RAM_QUEUE_CAPACITY", capacity, "RAM_QUEUE_REQUESTS", requests));

        assertThat(properties.queue().requests()).isEqualTo(expected);
    }

    @Test
    void memoryLimitsTheImagesOfTheQueueUnlessASettingDoes() {
        assertThat(bind(Map.of()).queue().capacity()).isNull();
    }

    @Test
    void environmentVariablesSetEverything() {
        RamProperties properties = bind(variables(
                "RAM_CHECKPOINT", "/models/digits.ram",
                "RAM_ENGINE", "samediff",
                "RAM_THREADS", "5",
                "RAM_BATCH_MAX_SIZE", "16",
                "RAM_QUEUE_CAPACITY", "17",
                "RAM_QUEUE_REQUESTS", "6",
                "RAM_DEADLINE", "150ms",
                "RAM_SHUTDOWN_GRACE", "0s",
                "RAM_LIMITS_BODY", "64KB",
                "RAM_LIMITS_BODY_TIME", "3s",
                "RAM_LIMITS_IMAGE_SIDE", "512",
                "RAM_LIMITS_BATCH", "9",
                "RAM_GRPC_ENABLED", "true",
                "RAM_GRPC_PORT", "9001"));

        assertThat(properties.checkpoint()).isEqualTo("/models/digits.ram");
        assertThat(properties.engine()).isEqualTo("samediff");
        assertThat(properties.threads()).isEqualTo(5);
        assertThat(properties.batch().maxSize()).isEqualTo(16);
        assertThat(properties.queue().capacity()).isEqualTo(17);
        assertThat(properties.queue().requests()).isEqualTo(6);
        assertThat(properties.deadline()).isEqualTo(Duration.ofMillis(150));
        assertThat(properties.shutdownGrace()).isZero();
        assertThat(properties.limits().image().maxBytes()).isEqualTo(65_536);
        assertThat(properties.limits().bodyTime()).isEqualTo(Duration.ofSeconds(3));
        assertThat(properties.limits().image().maxSide()).isEqualTo(512);
        assertThat(properties.limits().batch()).isEqualTo(9);
        assertThat(properties.grpc().enabled()).isTrue();
        assertThat(properties.grpc().port()).isEqualTo(9001);
    }

    @Test
    void emptyValueIsTheSameAsNone() {
        assertThat(bind(variables(
                        "RAM_CHECKPOINT", "",
                        "RAM_ENGINE", "",
                        "RAM_THREADS", "",
                        "RAM_BATCH_MAX_SIZE", "",
                        "RAM_QUEUE_CAPACITY", "",
                        "RAM_QUEUE_REQUESTS", "",
                        "RAM_DEADLINE", "",
                        "RAM_SHUTDOWN_GRACE", "",
                        "RAM_LIMITS_BODY", "",
                        "RAM_LIMITS_BODY_TIME", "",
                        "RAM_LIMITS_BATCH", "",
                        "RAM_LIMITS_IMAGE_SIDE", "",
                        "RAM_GRPC_ENABLED", "",
                        "RAM_GRPC_PORT", "")))
                .isEqualTo(bind(Map.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RAM_ENGINE | magic | ram.engine must be one of auto, blas, samediff, onnxruntime, got magic",
                "RAM_THREADS | 0 | ram.threads must be in [1, 1024], got 0",
                "RAM_BATCH_MAX_SIZE | 1025 | ram.batch.max-size must be in [1, 1024], got 1025",
                "RAM_QUEUE_CAPACITY | 63 | ram.queue.capacity must be at least ram.limits.batch, 64, or no such request could be answered, got 63",
                "RAM_LIMITS_BODY_TIME | 2h | ram.limits.body-time in milliseconds must be in [1, 3600000], got 7200000",
                "RAM_LIMITS_BATCH | 0 | ram.limits.batch must be in [1, 100000], got 0",
                "RAM_QUEUE_CAPACITY | 0 | ram.queue.capacity must be in [1, 100000], got 0",
                "RAM_QUEUE_REQUESTS | 0 | ram.queue.requests must be in [1, 100000], got 0",
                "RAM_DEADLINE | 0s | ram.deadline in milliseconds must be in [1, 3600000], got 0",
                "RAM_SHUTDOWN_GRACE | 11m | ram.shutdown-grace must be in [0s, 10m], got PT11M",
                "RAM_LIMITS_BODY | 0 | ram.limits.body in bytes must be in [1, 1073741824], got 0",
                "RAM_LIMITS_BODY | 2GB | ram.limits.body in bytes must be in [1, 1073741824], got 2147483648",
                "RAM_GRPC_PORT | 65536 | ram.grpc.port must be in [0, 65535], got 65536",
                "RAM_LIMITS_IMAGE_SIDE | 99999 | ram.limits.image-side must be in [1, 16384], got 99999"
            })
    void valueOutsideItsRangeIsRefusedByName(String variable, String value, String message) {
        assertThatThrownBy(() -> bind(Map.of(variable, value))).rootCause().hasMessage(message);
    }

    private static Map<String, Object> variables(String... namesAndValues) {
        return IntStream.range(0, namesAndValues.length / 2)
                .boxed()
                .collect(Collectors.toMap(i -> namesAndValues[2 * i], i -> namesAndValues[2 * i + 1]));
    }

    private static RamProperties bind(Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        return Binder.get(environment).bindOrCreate("ram", RamProperties.class);
    }
}
