package io.github.ram.service.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebConfigurationTest {

    @ParameterizedTest
    @CsvSource({"3, 19", "128, 144", "1008, 1024", "1009, 1024", "100000, 1024"})
    void threadsFollowTheQueueUpTo1024(int queueCapacity, int threads) {
        assertThat(WebConfiguration.threads(queueCapacity)).isEqualTo(threads);
    }
}
