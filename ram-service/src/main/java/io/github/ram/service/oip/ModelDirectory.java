package io.github.ram.service.oip;

import io.github.ram.service.Rejection;
import io.github.ram.service.Rejection.Reason;
import io.github.ram.service.model.ModelLifecycle;
import io.github.ram.service.model.ServedModel;
import io.github.ram.service.oip.inference.OipErrors;
import org.springframework.stereotype.Component;

/** Finds the model that a request names. There is one, in one version. */
@Component
final class ModelDirectory {

    /** The name of the one model: the same for every checkpoint, because clients are configured with it. */
    static final String MODEL = "ram";

    private final ModelLifecycle lifecycle;
    private final ServerState server;

    ModelDirectory(ModelLifecycle lifecycle, ServerState server) {
        this.lifecycle = lifecycle;
        this.server = server;
    }

    /**
     * Returns a model, for a request that has been admitted.
     *
     * @param version null for the one that is served
     * @throws Rejection if there is no such model, or version of it
     */
    ServedModel find(String model, String version) {
        requireKnown(model);
        ServedModel served = lifecycle.model();
        String only = served.manifest().version();
        if (version != null && !version.equals(only)) {
            throw new Rejection(
                    Reason.NOT_FOUND,
                    "there is no version %s of model %s: leave it out, or ask for %s",
                    OipErrors.quote(version),
                    MODEL,
                    only);
        }
        return served;
    }

    /**
     * Returns whether requests for a model should be sent to this service. While it starts, the version is not known.
     *
     * @param version null for the one that is served
     * @throws Rejection as {@link #find} does
     */
    boolean isReady(String model, String version) {
        requireKnown(model);
        boolean ready = server.isReady();
        if (ready) {
            find(model, version);
        }
        return ready;
    }

    private static void requireKnown(String model) {
        if (!model.equals(MODEL)) {
            throw new Rejection(Reason.NOT_FOUND, "there is no model %s: ask for %s", OipErrors.quote(model), MODEL);
        }
    }
}
