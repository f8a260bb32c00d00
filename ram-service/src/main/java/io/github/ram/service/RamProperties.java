package io.github.ram.service;

import io.github.ram.model.Check;
import io.github.ram.model.EngineChoice;
import io.github.ram.model.checkpoint.BundledModel;
import io.github.ram.model.image.decode.ImageLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The settings of the service: properties under {@code ram}, each also an environment variable such as
 * {@code RAM_CHECKPOINT}. An empty value means the default. A misspelt property stops the start.
 *
 * @param checkpoint name of a bundled model, or file of the model to serve; by default {@code mnist}
 * @param engine what runs the model: {@code auto} (the one on a GPU, or else the fastest), {@code blas},
 *     {@code onnxruntime} or {@code samediff}
 * @param requireGpu whether to start only if the model runs on a GPU; false by default
 * @param threads workers, which compute batches at the same time, in [1, 1024]; by default one a processor
 * @param batch how images are run together
 * @param queue how much work is accepted beside the limit of time, which is the deadline
 * @param deadline how long a request waits for its predictions, in [1 ms, 1 h]
 * @param shutdownGrace how long requests are still answered after the stop signal, while the service is not ready, in
 *     [0, 10 min]: long enough for load balancers to notice
 * @param limits how large a request may be
 * @param grpc whether and where the service answers over gRPC; by default it does not
 * @param cors which pages of other origins may use the service; by default none
 * @param apiKey keys of the service, separated by commas; without any the service is open
 * @param apiKeyFile file of further keys, one a line, which is read again when it changes
 */
// Integer rather than int: an empty value becomes null, and null the default.
@ConfigurationProperties(prefix = "ram", ignoreUnknownFields = false)
public record RamProperties(
        @DefaultValue("") String checkpoint,
        @DefaultValue("auto") String engine,
        @DefaultValue("false") Boolean requireGpu,
        Integer threads,
        @DefaultValue Batch batch,
        @DefaultValue Queue queue,
        @DefaultValue("2s") Duration deadline,
        @DefaultValue("5s") Duration shutdownGrace,
        @DefaultValue Limits limits,
        @DefaultValue Grpc grpc,
        @DefaultValue Cors cors,
        @DefaultValue("") String apiKey,
        @DefaultValue("") String apiKeyFile) {

    public RamProperties {
        checkpoint = checkpoint.isBlank() ? BundledModel.DEFAULT : checkpoint;
        engine = engine.isBlank() ? "auto" : engine;
        if (!EngineChoice.names().contains(engine)) {
            throw new IllegalArgumentException(
                    "ram.engine must be one of " + String.join(", ", EngineChoice.names()) + ", got " + engine);
        }
        requireGpu = Boolean.TRUE.equals(requireGpu);
        threads = threads == null ? Integer.valueOf(Runtime.getRuntime().availableProcessors()) : threads;
        Check.inRange("ram.threads", 1, 1024, threads);
        queue = queue.requests() == null
                ? new Queue(queue.capacity(), queue.capacity() == null ? Math.max(64, 32 * threads) : queue.capacity())
                : queue;
        if (queue.capacity() != null && limits.batch() > queue.capacity()) {
            throw new IllegalArgumentException("ram.queue.capacity must be at least ram.limits.batch, " + limits.batch()
                    + ", or no such request could be answered, got " + queue.capacity());
        }
        Check.inRange("ram.deadline in milliseconds", 1, 3_600_000, deadline.toMillis());
        if (shutdownGrace.isNegative() || shutdownGrace.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException("ram.shutdown-grace must be in [0s, 10m], got " + shutdownGrace);
        }
    }

    /** What runs the model. */
    public EngineChoice engineChoice() {
        return EngineChoice.named(engine);
    }

    /** The file of keys, if there is one. */
    public Optional<Path> keyFile() {
        return apiKeyFile.isBlank() ? Optional.empty() : Optional.of(Path.of(apiKeyFile));
    }

    /**
     * How images are run together.
     *
     * @param maxSize the most rollouts in one run of the engine, in [1, 1024]
     */
    public record Batch(@DefaultValue("32") Integer maxSize) {

        public Batch {
            Check.inRange("ram.batch.max-size", 1, 1024, maxSize);
        }
    }

    /**
     * The queue of images for the engine. A request is rejected if there is no room for all of its images, or if the
     * accepted work would take longer than the deadline.
     *
     * @param capacity the most images that wait or are being predicted at a time, in [1, 100000]; null for as many as
     *     fit in an eighth of the heap
     * @param requests the most requests at a time, in [1, 100000]; by default the capacity if it is set, or else 32 a
     *     worker and at least 64
     */
    public record Queue(Integer capacity, Integer requests) {

        /** The largest limit. */
        public static final int MOST = 100_000;

        public Queue {
            if (capacity != null) {
                Check.inRange("ram.queue.capacity", 1, MOST, capacity);
            }
            if (requests != null) {
                Check.inRange("ram.queue.requests", 1, MOST, requests);
            }
        }
    }

    /**
     * How large a request may be.
     *
     * @param body most bytes of a request's body, in [1 B, 1 GB]
     * @param bodyTime how long a request's body may take to arrive, in [1 ms, 1 h]
     * @param imageSide most pixels a side of an image file, in [1, 16384]
     * @param batch most images in a request, in [1, 100000]
     */
    public record Limits(
            @DefaultValue("10MB") DataSize body,
            @DefaultValue("10s") Duration bodyTime,
            @DefaultValue("4096") Integer imageSide,
            @DefaultValue("64") Integer batch) {

        public Limits {
            Check.inRange("ram.limits.body in bytes", 1, 1 << 30, body.toBytes());
            Check.inRange("ram.limits.body-time in milliseconds", 1, 3_600_000, bodyTime.toMillis());
            Check.inRange("ram.limits.image-side", 1, 16_384, imageSide);
            Check.inRange("ram.limits.batch", 1, 100_000, batch);
        }

        /** Most bytes of a request's body. */
        public int bodyBytes() {
            return Math.toIntExact(body.toBytes());
        }

        /** The limits of image files. */
        public ImageLimits image() {
            return new ImageLimits(imageSide, bodyBytes());
        }
    }

    /**
     * The second way to the Open Inference Protocol.
     *
     * @param enabled whether the service answers over gRPC; false by default, because each open port needs a guard
     * @param port in [0, 65535], 0 for any free one
     */
    public record Grpc(
            @DefaultValue("false") Boolean enabled,
            @DefaultValue("9000") Integer port) {

        public Grpc {
            enabled = Boolean.TRUE.equals(enabled);
            Check.inRange("ram.grpc.port", 0, 65_535, port);
        }
    }

    /**
     * Which pages of other origins may use the service (CORS).
     *
     * @param allowedOrigins such as {@code https://example.org}; {@code *} for all
     */
    public record Cors(@DefaultValue List<String> allowedOrigins) {

        private static final Pattern ORIGIN = Pattern.compile("\\*|https?://[^/?#\\s*]+");

        public Cors {
            allowedOrigins = List.copyOf(allowedOrigins);
            for (String origin : allowedOrigins) {
                if (!ORIGIN.matcher(origin).matches()) {
                    throw new IllegalArgumentException(
                            "ram.cors.allowed-origins must be *, or origins such as https://example.org without a path, got "
                                    + origin);
                }
            }
        }
    }
}
