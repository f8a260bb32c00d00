package io.github.ram.service;

import io.github.ram.model.Prediction;
import io.github.ram.model.checkpoint.Manifest;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * The service's own metrics. Prometheus shows {@code ram.predictions} as {@code ram_predictions_total}, and so on.
 *
 * <p>Every series exists from the start, at zero: a series that appears with its first event hides that event from
 * {@code rate()}.
 */
@Component
public final class RamMetrics {

    /** The most series of predictions, because Prometheus keeps each of them. */
    private static final int MOST_CLASSES = 100;

    private static final String OTHERS = "other";

    private final MeterRegistry registry;
    private volatile Classes classes = new Classes("class", Set.of()); // before a model is served
    private final Timer inference;
    private final Timer queue;
    private final DistributionSummary batchSize;
    private final DistributionSummary confidence;

    public RamMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.inference = Timer.builder("ram.inference")
                .description("Time in the engine, of each batch")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofNanos(50_000))
                .maximumExpectedValue(Duration.ofSeconds(1))
                .register(registry);
        this.queue = Timer.builder("ram.queue")
                .description("Time in the queue, of each image")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofNanos(10_000))
                .maximumExpectedValue(Duration.ofSeconds(10))
                .register(registry);
        this.batchSize = DistributionSummary.builder("ram.batch.size")
                .description("Rollouts run together")
                .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024)
                .register(registry);
        this.confidence = DistributionSummary.builder("ram.confidence")
                .description("Probability of the predicted class")
                .serviceLevelObjectives(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1)
                .register(registry);
        for (Rejection.Reason reason : Rejection.Reason.values()) {
            rejections(reason);
        }
    }

    /**
     * How predictions are labelled.
     *
     * @param tag {@code digit} for digits, else {@code class}
     * @param labels the classes with a series each; predictions of other classes are counted together
     */
    private record Classes(String tag, Set<String> labels) {}

    /** Registers the metrics of a model. */
    public void serving(Manifest manifest, String backend, String engine) {
        Gauge.builder("ram.model.info", () -> 1)
                .description("The model that is served")
                .tag("name", manifest.name())
                .tag("version", manifest.version())
                .tag("backend", backend)
                .tag("engine", engine)
                .register(registry);
        List<String> labels = manifest.model().labels();
        boolean digits = labels.stream().allMatch(label -> label.matches("[0-9]"));
        classes = new Classes(
                digits ? "digit" : "class", Set.copyOf(labels.subList(0, Math.min(MOST_CLASSES, labels.size()))));
        classes.labels().forEach(this::predictions);
    }

    /** Registers the gauge of the queue. */
    public void queueDepth(Supplier<Number> depth) {
        Gauge.builder("ram.queue.depth", depth).description("Images that wait").register(registry);
    }

    /** Records how long an image waited in the queue. */
    public void waited(long nanos) {
        queue.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** Records the size of a batch. */
    public void batch(int rollouts) {
        batchSize.record(rollouts);
    }

    /** Runs the engine and records its time. */
    public List<Prediction> inference(Supplier<List<Prediction>> engine) {
        return inference.record(engine);
    }

    /** Counts a prediction. */
    public void predicted(Prediction prediction) {
        predictions(prediction.label()).increment();
        confidence.record(prediction.confidence());
    }

    /** Counts a rejected request. */
    public void rejected(Rejection.Reason reason) {
        rejections(reason).increment();
    }

    private Counter predictions(String label) {
        return Counter.builder("ram.predictions")
                .description("Predictions, by predicted class")
                .tag(classes.tag(), classes.labels().contains(label) ? label : OTHERS)
                .register(registry);
    }

    private Counter rejections(Rejection.Reason reason) {
        return Counter.builder("ram.rejected")
                .description("Requests rejected, by reason")
                .tag("reason", reason.toString())
                .register(registry);
    }
}
