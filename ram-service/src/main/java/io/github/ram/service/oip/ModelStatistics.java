package io.github.ram.service.oip;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The statistics of the model since the start, in the form of Triton's extension {@code statistics}. */
record ModelStatistics(@JsonProperty("model_stats") List<Model> models) {

    /**
     * Of one model.
     *
     * @param inferences images that were predicted
     * @param executions runs of the engine
     * @param batches always empty: {@code ram_batch_size} has the sizes
     */
    record Model(
            String name,
            String version,
            @JsonProperty("inference_count") long inferences,
            @JsonProperty("execution_count") long executions,
            @JsonProperty("inference_stats") Durations durations,
            @JsonProperty("batch_stats") List<Object> batches) {}

    /**
     * Counts and times.
     *
     * @param success predictions by any interface, by request
     * @param fail rejected requests for predictions
     * @param queue by image
     * @param compute by run of the engine, with its input and its output
     */
    record Durations(
            Duration success,
            Duration fail,
            Duration queue,
            @JsonProperty("compute_infer") Duration compute) {}

    /** How many, and how long together. */
    record Duration(long count, long ns) {

        private static Duration of(Collection<Timer> timers) {
            return new Duration(timers.stream().mapToLong(Timer::count).sum(), (long) timers.stream()
                    .mapToDouble(timer -> timer.totalTime(TimeUnit.NANOSECONDS))
                    .sum());
        }
    }

    static ModelStatistics of(String name, String version, MeterRegistry metrics) {
        Duration queue = Duration.of(metrics.find("ram.queue").timers());
        Duration compute = Duration.of(metrics.find("ram.inference").timers());
        Durations durations = new Durations(requests(metrics, true), requests(metrics, false), queue, compute);
        return new ModelStatistics(
                List.of(new Model(name, version, queue.count(), compute.count(), durations, List.of())));
    }

    private static Duration requests(MeterRegistry metrics, boolean successful) {
        Stream<Timer> http = metrics.find("http.server.requests").tag("method", "POST").timers().stream()
                .filter(timer -> isForPredictions(timer.getId().getTag("uri")))
                .filter(timer -> successful == "SUCCESS".equals(timer.getId().getTag("outcome")));
        Stream<Timer> grpc = metrics.find("grpc.server").tag("rpc.method", "ModelInfer").timers().stream()
                .filter(timer -> successful == "OK".equals(timer.getId().getTag("grpc.status_code")));
        return Duration.of(Stream.concat(http, grpc).toList());
    }

    private static boolean isForPredictions(String path) {
        return path != null && (path.startsWith("/v1/predictions") || path.endsWith("/infer"));
    }
}
