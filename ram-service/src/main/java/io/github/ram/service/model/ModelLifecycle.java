package io.github.ram.service.model;

import io.github.ram.model.Classifier;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.model.graph.Backend;
import io.github.ram.model.image.digit.Preprocessor;
import io.github.ram.service.RamMetrics;
import io.github.ram.service.RamProperties;
import io.github.ram.service.Rejection;
import io.github.ram.service.Rejection.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Loads the model and warms it, after the ports are open and before the service says it is ready; until
 * then, and from the moment it shuts down, requests are refused.
 *
 * <p>Of all parts with a lifecycle this one starts last and stops first, which is the default phase. So
 * the probes answer while the model loads, and a broken checkpoint still ends the start.
 *
 * <p>The order of a shutdown: Spring Boot says that the service is not ready; for the grace period
 * everything is answered as before, until whoever sends the requests has noticed; then new requests are
 * refused; Tomcat waits for those under way; and when the beans are destroyed the engines are released.
 */
@Component
public final class ModelLifecycle implements SmartLifecycle, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(ModelLifecycle.class);

    private enum State {
        STARTING,
        SERVING,
        STOPPING
    }

    private final RamProperties properties;
    private final RamMetrics metrics;
    private final Environment environment;
    private final ServerProperties server;
    private volatile State state = State.STARTING;
    private volatile ServedModel model;

    ModelLifecycle(RamProperties properties, RamMetrics metrics, Environment environment, ServerProperties server) {
        this.properties = properties;
        this.metrics = metrics;
        this.environment = environment;
        this.server = server;
    }

    /** The model, for a request that has been admitted. */
    public ServedModel model() {
        return model;
    }

    /**
     * Lets a request in.
     *
     * @param underWay whether it came while the service was serving, and has waited for its body since
     * @throws Rejection while starting or stopping
     */
    void admit(boolean underWay) {
        switch (state) {
            case STARTING ->
                throw new Rejection(
                        Reason.UNAVAILABLE, "the service is starting and has no model yet: try again in a few seconds");
            case STOPPING -> {
                if (!underWay || model == null) {
                    throw new Rejection(
                            Reason.UNAVAILABLE,
                            "the service is shutting down: send the request again, on a new connection");
                }
            }
            case SERVING -> {}
        }
    }

    @Override
    public void start() {
        if (model == null) {
            model = load();
            metrics.serving(model.manifest(), model.backend(), model.engine());
        }
        state = State.SERVING;
        String port = environment.getProperty("local.server.port");
        LOG.info(
                "Serving {} {} (engine {} on {}, {} threads) on port {}. Try: curl -F image=@digit.png {}://localhost:{}/v1/predictions",
                model.manifest().name(),
                model.manifest().version(),
                model.engine(),
                model.backend(),
                properties.threads(),
                port,
                Ssl.isEnabled(server.getSsl()) ? "https" : "http",
                port);
    }

    private ServedModel load() {
        if (properties.requireGpu()) {
            Backend.requireGpu();
        }
        Checkpoint checkpoint =
                properties.checkpointFile().map(Checkpoint::load).orElseGet(Checkpoint::bundled);
        Preprocessor preprocessor =
                new Preprocessor(checkpoint.model().image(), properties.limits().image());
        Classifier classifier = checkpoint.classifier(
                properties.engineChoice(), properties.batch().maxSize());
        Predictor predictor = new Predictor(checkpoint.model(), classifier, properties, metrics);
        return new ServedModel(checkpoint.manifest(), classifier.engine(), Backend.name(), preprocessor, predictor);
    }

    @Override
    public void stop() {
        LOG.info(
                "Shutting down: not ready any more; new requests are still answered for {} ms",
                properties.shutdownGrace().toMillis());
        try {
            Thread.sleep(properties.shutdownGrace().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // then without grace
        }
        state = State.STOPPING;
        LOG.info("Shutting down: requests under way are answered, new ones refused");
    }

    @Override
    public boolean isRunning() {
        return state == State.SERVING;
    }

    @Override
    public void destroy() {
        if (model != null) {
            model.predictor().close();
        }
    }
}
