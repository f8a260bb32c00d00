package io.github.ram.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
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

        assertThat(properties.checkpointFile()).isEmpty();
        assertThat(properties.engine()).isEqualTo("auto");
        assertThat(properties.threads()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(properties.batch().maxSize()).isEqualTo(64);
        assertThat(properties.queue().capacity()).isEqualTo(128);
        assertThat(properties.deadline()).isEqualTo(Duration.ofSeconds(2));
        assertThat(properties.limits().bodyBytes()).isEqualTo(1_048_576);
        assertThat(properties.limits().imageSide()).isEqualTo(4096);
    }

    @Test
    void environmentVariablesSetEverything() {
        RamProperties properties = bind(Map.of(
                "RAM_CHECKPOINT", "/models/digits.ram",
                "RAM_ENGINE", "samediff",
                "RAM_THREADS", "5",
                "RAM_BATCH_MAX_SIZE", "16",
                "RAM_QUEUE_CAPACITY", "17",
                "RAM_DEADLINE", "150ms",
                "RAM_LIMITS_BODY", "64KB",
                "RAM_LIMITS_IMAGE_SIDE", "512"));

        assertThat(properties.checkpointFile()).contains(Path.of("/models/digits.ram"));
        assertThat(properties.engine()).isEqualTo("samediff");
        assertThat(properties.threads()).isEqualTo(5);
        assertThat(properties.batch().maxSize()).isEqualTo(16);
        assertThat(properties.queue().capacity()).isEqualTo(17);
        assertThat(properties.deadline()).isEqualTo(Duration.ofMillis(150));
        assertThat(properties.limits().image().maxBytes()).isEqualTo(65_536);
        assertThat(properties.limits().image().maxSide()).isEqualTo(512);
    }

    @Test
    void emptyValueIsTheSameAsNone() {
        assertThat(bind(Map.of(
                        "RAM_CHECKPOINT", "",
                        "RAM_ENGINE", "",
                        "RAM_THREADS", "",
                        "RAM_BATCH_MAX_SIZE", "",
                        "RAM_QUEUE_CAPACITY", "",
                        "RAM_DEADLINE", "",
                        "RAM_LIMITS_BODY", "",
                        "RAM_LIMITS_IMAGE_SIDE", "")))
                .isEqualTo(bind(Map.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RAM_ENGINE | magic | ram.engine must be one of auto, samediff, got magic",
                "RAM_THREADS | 0 | ram.threads must be in [1, 1024], got 0",
                "RAM_BATCH_MAX_SIZE | 1025 | ram.batch.max-size must be in [1, 1024], got 1025",
                "RAM_QUEUE_CAPACITY | 0 | ram.queue.capacity must be in [1, 100000], got 0",
                "RAM_DEADLINE | 0s | ram.deadline in milliseconds must be in [1, 3600000], got 0",
                "RAM_LIMITS_BODY | 0 | ram.limits.body in bytes must be in [1, 1073741824], got 0",
                "RAM_LIMITS_BODY | 2GB | ram.limits.body in bytes must be in [1, 1073741824], got 2147483648",
                "RAM_LIMITS_IMAGE_SIDE | 99999 | ram.limits.image-side must be in [1, 16384], got 99999"
            })
    void valueOutsideItsRangeIsRefusedByName(String variable, String value, String message) {
        assertThatThrownBy(() -> bind(Map.of(variable, value))).rootCause().hasMessage(message);
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
