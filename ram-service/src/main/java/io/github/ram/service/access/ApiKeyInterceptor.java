package io.github.ram.service.access;

import io.github.ram.service.grpc.CallErrors;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.core.annotation.Order;
import org.springframework.grpc.server.GlobalServerInterceptor;
import org.springframework.stereotype.Component;

/** Requires a key for every call but the probes', before its message is read. The headers of HTTP are metadata here. */
@Component
@GlobalServerInterceptor
@Order(1) // within Spring's observations, which count the rejections too
@ConditionalOnBooleanProperty("ram.grpc.enabled")
final class ApiKeyInterceptor implements ServerInterceptor {

    private final ApiKeys keys;
    private final CallErrors errors;

    ApiKeyInterceptor(ApiKeys keys, CallErrors errors) {
        this.keys = keys;
        this.errors = errors;
    }

    @Override
    public <T, R> ServerCall.Listener<T> interceptCall(
            ServerCall<T, R> call, Metadata metadata, ServerCallHandler<T, R> next) {
        if (keys.isOpen()
                || isProbe(call.getMethodDescriptor().getFullMethodName())
                || KeyHeaders.open(
                        keys, name -> metadata.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER)))) {
            return next.startCall(call, metadata);
        }
        StatusRuntimeException error = errors.of(KeyHeaders.rejection());
        call.close(error.getStatus(), error.getTrailers());
        return new ServerCall.Listener<>() {};
    }

    private static boolean isProbe(String method) {
        return method.startsWith("grpc.health.v1.Health/")
                || method.equals("inference.GRPCInferenceService/ServerLive")
                || method.equals("inference.GRPCInferenceService/ServerReady");
    }
}
