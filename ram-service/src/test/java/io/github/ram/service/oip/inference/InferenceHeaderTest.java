package io.github.ram.service.oip.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InferenceHeaderTest {

    @Test
    void withoutTheHeaderAllOfTheBodyIsJson() {
        assertThat(InferenceHeader.jsonLength(List.of(), 100)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "99", "100", "007"})
    void lengthIsUpToTheBodys(String value) {
        assertThat(InferenceHeader.jsonLength(List.of(value), 100)).hasValue(Integer.parseInt(value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "101",
                "",
                " ",
                "1.0",
                "+1",
                "0x10",
                "ten",
                "2147483648",
                "99999999999999999999",
                "1, 2",
                "١"
            })
    void anythingElseIsRefused(String value) {
        assertThatThrownBy(() -> InferenceHeader.jsonLength(List.of(value), 100))
                .hasMessage(
                        "Inference-Header-Content-Length must be one integer from 0 to 100, the length of the body, got \"%s\"",
                        value);
    }

    @Test
    void twoHeadersAreRefused() {
        assertThatThrownBy(() -> InferenceHeader.jsonLength(List.of("5", "6"), 100))
                .hasMessageEndingWith("got \"5, 6\"");
    }
}
