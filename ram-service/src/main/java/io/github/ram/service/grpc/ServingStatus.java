package io.github.ram.service.grpc;

import io.github.ram.service.oip.proto.GRPCInferenceServiceGrpc;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.protobuf.services.HealthStatusManager;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationListener;
import org.springframework.stereotype.Component;

/**
 * Sets the status of {@code grpc.health.v1.Health} to the readiness of the service, at once. Spring Boot's own scheduler would
 * look every few seconds, and so could miss the shutdown.
 */
@Component
@ConditionalOnBooleanProperty("ram.grpc.enabled")
final class ServingStatus implements ApplicationListener<AvailabilityChangeEvent<ReadinessState>> {

    private final HealthStatusManager health;

    ServingStatus(HealthStatusManager health) {
        this.health = health;
        set(HealthCheckResponse.ServingStatus.NOT_SERVING);
    }

    @Override
    public void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
        set(
                event.getState() == ReadinessState.ACCEPTING_TRAFFIC
                        ? HealthCheckResponse.ServingStatus.SERVING
                        : HealthCheckResponse.ServingStatus.NOT_SERVING);
    }

    /** Of the server as a whole and of its one service. */
    private void set(HealthCheckResponse.ServingStatus status) {
        health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
        health.setStatus(GRPCInferenceServiceGrpc.SERVICE_NAME, status);
    }
}
