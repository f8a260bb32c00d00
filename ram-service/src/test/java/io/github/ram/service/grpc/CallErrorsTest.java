package io.github.ram.service.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ram.service.RamMetrics;
import io.github.ram.service.Rejection;
import io.github.ram.service.Rejection.Reason;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class CallErrorsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final CallErrors errors = new CallErrors(new RamMetrics(registry));

    @ParameterizedTest
    @CsvSource({
        "MALFORMED, INVALID_ARGUMENT,",
        "NOT_FOUND, NOT_FOUND,",
        "UNAUTHORIZED, UNAUTHENTICATED,",
        "TOO_LARGE, INVALID_ARGUMENT,",
        "UNSUPPORTED_TYPE, INVALID_ARGUMENT,",
        "UNUSABLE, INVALID_ARGUMENT,",
        "QUEUE_FULL, RESOURCE_EXHAUSTED, 1000",
        "UNAVAILABLE, UNAVAILABLE, 1000",
        "DEADLINE, DEADLINE_EXCEEDED,"
    })
    void everyReasonHasACodeAndIsCounted(Reason reason, Code code, String pushback) {
        StatusRuntimeException error = errors.of(new Rejection(reason, "too bad: %d", 3));

        assertThat(error.getStatus().getCode()).isEqualTo(code);
        assertThat(error.getStatus().getDescription()).isEqualTo("too bad: 3");
        assertThat(error.getTrailers().get(Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER)))
                .isEqualTo(pushback);
        assertThat(registry.get("ram.rejected")
                        .tag("reason", reason.toString())
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void timeoutIsAPassedDeadline() {
        StatusRuntimeException error = errors.of(new TimeoutException());

        assertThat(error.getStatus().getCode()).isEqualTo(Code.DEADLINE_EXCEEDED);
        assertThat(error.getStatus().getDescription())
                .isEqualTo("no answer within the time limit: send the request again");
        assertThat(registry.get("ram.rejected")
                        .tag("reason", "deadline")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void failureIsLoggedAndAnsweredWithoutItsCause(CapturedOutput log) {
        StatusRuntimeException error = errors.of(new IllegalStateException("secret at /etc/secret"));

        assertThat(error.getStatus().getCode()).isEqualTo(Code.INTERNAL);
        assertThat(error.getStatus().getDescription())
                .isEqualTo("the service failed at this request and logged why: the same request may fail again");
        assertThat(error.getStatus().getCause()).isNull();
        assertThat(log.getOut()).contains("secret at /etc/secret");
    }
}
