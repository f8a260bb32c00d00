package io.github.ram.service.oip;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.info.BuildProperties;
import org.springframework.stereotype.Component;

/** The server as the protocol knows it: what it is, and whether it is well. */
@Component
final class ServerState {

    static final String NAME = "ram-service";

    private final ApplicationAvailability availability;
    private final String version;

    ServerState(ApplicationAvailability availability, ObjectProvider<BuildProperties> build) {
        this.availability = availability;
        BuildProperties known = build.getIfAvailable();
        this.version = known == null ? "development" : known.getVersion();
    }

    /** The version of the service. */
    String version() {
        return version;
    }

    boolean isLive() {
        return availability.getLivenessState() == LivenessState.CORRECT;
    }

    /** Returns whether requests should be sent to this service: not after the stop signal. */
    boolean isReady() {
        return availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC;
    }
}
