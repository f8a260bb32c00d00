package io.github.ram.service.grpc;

import io.github.ram.service.RamProperties;
import io.github.ram.service.Rejection;
import io.github.ram.service.Rejection.Reason;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.core.annotation.Order;
import org.springframework.grpc.server.GlobalServerInterceptor;
import org.springframework.stereotype.Component;

/**
 * Ends a call whose message does not arrive within {@code ram.limits.body-time}, since until then the message keeps memory,
 * or whose bytes are no message. To see the latter, a service decodes its messages behind the interceptors.
 */
@Component
@GlobalServerInterceptor
@Order(2) // after the keys: a call without one ends at once
@ConditionalOnBooleanProperty("ram.grpc.enabled")
final class ArrivalInterceptor implements ServerInterceptor, DisposableBean {

    private final Duration limit;
    private final CallErrors errors;
    private final ScheduledThreadPoolExecutor timer;

    ArrivalInterceptor(RamProperties properties, CallErrors errors) {
        this.limit = properties.limits().bodyTime();
        this.errors = errors;
        this.timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "message-deadline");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
    }

    @Override
    public <T, R> ServerCall.Listener<T> interceptCall(
            ServerCall<T, R> call, Metadata metadata, ServerCallHandler<T, R> next) {
        ServerCall.Listener<T> listener = next.startCall(call, metadata);
        if (call.getMethodDescriptor().getType() != MethodType.UNARY) {
            return listener;
        }
        AtomicBoolean decided = new AtomicBoolean();
        Future<?> late = timer.schedule(
                () -> {
                    if (decided.compareAndSet(false, true)) {
                        end(
                                call,
                                new Rejection(
                                        Reason.DEADLINE,
                                        "the message did not arrive within %d ms: send it again, faster",
                                        limit.toMillis()));
                    }
                },
                limit.toNanos(),
                TimeUnit.NANOSECONDS);
        return new SimpleForwardingServerCallListener<>(listener) {
            @Override
            public void onMessage(T message) {
                try {
                    super.onMessage(message);
                } catch (StatusRuntimeException undecodable) {
                    late.cancel(false);
                    if (decided.compareAndSet(false, true)) {
                        end(
                                call,
                                new Rejection(
                                        Reason.MALFORMED,
                                        "the bytes are no message of %s: encode it by the protocol's .proto file",
                                        call.getMethodDescriptor().getFullMethodName()));
                    }
                }
            }

            @Override
            public void onHalfClose() {
                late.cancel(false);
                if (decided.compareAndSet(false, true)) {
                    super.onHalfClose();
                }
            }

            @Override
            public void onCancel() {
                late.cancel(false);
                decided.set(true);
                super.onCancel();
            }
        };
    }

    private void end(ServerCall<?, ?> call, Rejection rejection) {
        StatusRuntimeException error = errors.of(rejection);
        call.close(error.getStatus(), error.getTrailers());
    }

    @Override
    public void destroy() {
        timer.shutdownNow();
    }
}
