package io.github.ram.service.model;

import io.github.ram.model.Classifier;
import io.github.ram.model.EngineChoice;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.model.graph.Backend;
import io.github.ram.model.image.decode.ImageException;
import io.github.ram.model.image.digit.PreprocessingMode;
import io.github.ram.model.image.digit.Preprocessor;
import io.github.ram.service.RamMetrics;
import io.github.ram.service.RamProperties;
import io.github.ram.service.Rejection;
import io.github.ram.service.Rejection.Reason;
import io.github.ram.service.SettingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Loads the model and warms it up, after the ports are open and before the service is ready. Before that, and after the
 * start of the shutdown, requests are rejected.
 *
 * <p>In the default phase this bean starts last and stops first. So the probes answer while the model loads, and a broken
 * checkpoint still ends the start.
 *
 * <p>The order of a shutdown: Spring Boot sets the service to not ready; for the grace period all requests are answered, so
 * that load balancers notice; then new requests are rejected; Tomcat waits for the requests in progress; at last the
 * engines are released.
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

    /** Returns the model, for a request that has been admitted. */
    public ServedModel model() {
        return model;
    }

    /**
     * Admits a request.
     *
     * @param inProgress whether the request arrived while the service was serving, before it waited for its body
     * @throws Rejection while starting or stopping
     */
    public void admit(boolean inProgress) {
        switch (state) {
            case STARTING ->
                throw new Rejection(
                        Reason.UNAVAILABLE, "the service is starting and has no model yet: try again in a few seconds");
            case STOPPING -> {
                if (!inProgress || model == null) {
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
                "Serving model={} version={} engine={} backend={} threads={} port={}. Try: curl -F image=@digit.png {}://localhost:{}/v1/predictions",
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
            requireGpu(properties.engineChoice());
        }
        Checkpoint checkpoint = Checkpoint.named(properties.checkpoint());
        Preprocessor preprocessor =
                Preprocessor.of(checkpoint.manifest(), properties.limits().image());
        warmUp(preprocessor);
        Classifier classifier = checkpoint.classifier(
                properties.engineChoice(), properties.batch().maxSize());
        Predictor predictor = new Predictor(checkpoint.model(), classifier, properties, metrics);
        String backend = Backend.of(EngineChoice.named(classifier.engine()));
        return new ServedModel(checkpoint.manifest(), classifier.engine(), backend, preprocessor, predictor);
    }

    /**
     * Reads a picture, so that the first request waits for no classes: on a busy processor they took longer than the
     * deadline.
     */
    private static void warmUp(Preprocessor preprocessor) {
        try (InputStream picture = ModelLifecycle.class.getResourceAsStream("/static/samples/note.png")) {
            preprocessor.prepare(picture.readAllBytes(), PreprocessingMode.AUTO);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ImageException e) {
            LOG.debug("The settings reject the picture for warming up: cause=\"{}\"", e.getMessage());
        }
    }

    private static void requireGpu(EngineChoice engine) {
        Backend.requireGpu();
        if (engine != EngineChoice.AUTO && !Backend.usesGpu(engine)) {
            throw new SettingException(
                    "ram.engine (RAM_ENGINE) is " + engine
                            + ", which computes on the CPU in this build: leave it unset,"
                            + " or leave ram.require-gpu (RAM_REQUIRE_GPU) unset",
                    null);
        }
    }

    @Override
    public void stop() {
        LOG.info(
                "Shutdown started: requests are still answered, graceMillis={}",
                properties.shutdownGrace().toMillis());
        try {
            Thread.sleep(properties.shutdownGrace().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // and stop without grace
        }
        state = State.STOPPING;
        LOG.info("Shutdown continues: new requests are rejected, requests in progress are answered");
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
