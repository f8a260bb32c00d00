package io.github.ram.service.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ram.service.RamMetrics;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class MessageMemoryTest {

    private final Semaphore memory = new Semaphore(20);
    private final MessageMemory messages =
            new MessageMemory(memory, new CallErrors(new RamMetrics(new SimpleMeterRegistry())));

    @Test
    void messagesTakeNoMoreThanTheirMemoryAndReleaseItAtTheEndOfTheirCalls() {
        ServerStreamTracer first = tracer();
        ServerStreamTracer second = tracer();
        first.inboundWireSize(5);
        first.inboundWireSize(7);
        second.inboundWireSize(4);

        StatusRuntimeException error =
                catchThrowableOfType(StatusRuntimeException.class, () -> second.inboundWireSize(5));
        assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(error.getStatus().getDescription())
                .isEqualTo("more messages are arriving than the service has memory for: send the request again later");

        first.streamClosed(Status.OK);
        second.inboundWireSize(16);
        second.streamClosed(Status.CANCELLED);
        second.streamClosed(Status.CANCELLED);
        assertThat(memory.availablePermits()).isEqualTo(20);
    }

    private ServerStreamTracer tracer() {
        return messages.newServerStreamTracer("inference.GRPCInferenceService/ModelInfer", new Metadata());
    }
}
