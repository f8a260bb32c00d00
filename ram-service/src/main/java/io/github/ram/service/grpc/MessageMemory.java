package io.github.ram.service.grpc;

import io.github.ram.service.Rejection;
import io.github.ram.service.Rejection.Reason;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reserves memory for the bytes of messages as they arrive, from the memory of all bodies: without a limit, many messages that
 * do not end could fill it. A call gives its memory back when it ends.
 */
final class MessageMemory extends ServerStreamTracer.Factory {

    private final Semaphore memory;
    private final CallErrors errors;

    /** @param memory bytes for the bodies and messages of all requests together */
    MessageMemory(Semaphore memory, CallErrors errors) {
        this.memory = memory;
        this.errors = errors;
    }

    @Override
    public ServerStreamTracer newServerStreamTracer(String method, Metadata metadata) {
        return new ServerStreamTracer() {

            private final AtomicInteger reserved = new AtomicInteger();

            /** An exception ends the call with its status. */
            @Override
            public void inboundWireSize(long bytes) {
                if (!memory.tryAcquire((int) bytes)) {
                    throw errors.of(
                            new Rejection(
                                    Reason.QUEUE_FULL,
                                    "more messages are arriving than the service has memory for: send the request again later"));
                }
                reserved.addAndGet((int) bytes);
            }

            @Override
            public void streamClosed(Status status) {
                memory.release(reserved.getAndSet(0));
            }
        };
    }
}
