package io.github.ram.service.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ram.model.Prediction;
import io.github.ram.model.Query;
import io.github.ram.model.ram.RamClassifier;
import io.github.ram.service.RamMetrics;
import io.github.ram.service.RamProperties;
import io.github.ram.service.Rejection;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PredictorTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    private final PixelEngine engine = new PixelEngine();
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final ExecutorService clients = Executors.newCachedThreadPool();
    private Predictor predictor;

    @AfterEach
    void close() {
        engine.release(1_000_000);
        clients.shutdownNow();
        predictor.close();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 64", "2, 3", "3, 16", "4, 64"})
    void everyRequestGetsThePredictionsOfItsOwnImagesInTheirOrder(int threads, int batch) throws Exception {
        start(threads, batch, 10_000, LONG);
        List<Future<Integer>> wrong = new ArrayList<>();
        for (int client = 0; client < 16; client++) {
            SplittableRandom random = new SplittableRandom(client);
            wrong.add(clients.submit(() ->
                    IntStream.range(0, 200).map(request -> wrongAnswers(random)).sum()));
        }
        for (Future<Integer> count : wrong) {
            assertThat(count.get()).isZero();
        }
        assertThat(largestRun()).isLessThanOrEqualTo(batch);
        assertThat(registry.get("ram.queue.depth").gauge().value()).isZero();
    }

    private int wrongAnswers(SplittableRandom random) {
        List<byte[]> images = IntStream.range(0, random.nextInt(1, 20))
                .mapToObj(i -> PixelEngine.image(random.nextInt(256), random.nextInt(256)))
                .toList();
        List<Prediction> predictions = predictor.predict(
                images.stream().map(image -> query(image, random.nextInt(1, 8))).toList());
        if (predictions.size() != images.size()) {
            return images.size();
        }
        return (int) IntStream.range(0, images.size())
                .filter(i -> !PixelEngine.isOf(predictions.get(i), images.get(i)))
                .count();
    }

    @Test
    void whatWaitsIsRunTogether() throws Exception {
        start(1, 4, 100, LONG);
        List<Future<Prediction>> answers = new ArrayList<>();
        engine.hold();
        answers.add(ask(0));
        until(() -> engine.runs.size() == 1); // The first image is in the engine, alone: it did not wait for others.
        for (int i = 1; i < 7; i++) {
            answers.add(ask(i));
            int waiting = i;
            until(() -> depth() == waiting);
        }
        engine.release(10);
        for (int i = 0; i < 7; i++) {
            assertThat(answers.get(i).get().classIndex()).isEqualTo(i);
        }
        assertThat(engine.runs).containsExactly(List.of(0), List.of(1, 2, 3, 4), List.of(5, 6));
        assertThat(registry.get("ram.batch.size").summary().totalAmount()).isEqualTo(7);
        assertThat(registry.get("ram.batch.size").summary().count()).isEqualTo(3);
        assertThat(registry.get("ram.queue").timer().count()).isEqualTo(7);
        assertThat(registry.get("ram.inference").timer().count()).isEqualTo(3);
    }

    @Test
    void batchSizeCountsWithAnEngineThatIsExactForOneRolloutOnly() throws Exception {
        engine.exactSize = 1;

        whatWaitsIsRunTogether();
    }

    @Test
    void fullQueueRefusesAndTakesAgainWhenThereIsRoom() throws Exception {
        start(1, 1, 3, LONG);
        engine.hold();
        Future<Prediction> running = ask(1);
        until(() -> engine.runs.size() == 1);
        Future<Prediction> waiting = ask(2);
        until(() -> depth() == 1);

        assertRefused(() -> predictor.predict(List.of(query(3), query(4))), "QUEUE_FULL");
        predictor.admit();
        Future<Prediction> last = ask(5);
        until(() -> depth() == 2);
        assertRefused(() -> predictor.predict(query(6)), "QUEUE_FULL");
        assertRefused(() -> predictor.admit(), "QUEUE_FULL");

        engine.release(10);
        assertThat(running.get().classIndex()).isEqualTo(1);
        assertThat(waiting.get().classIndex()).isEqualTo(2);
        assertThat(last.get().classIndex()).isEqualTo(5);
        assertThat(predictor.predict(query(7)).classIndex()).isEqualTo(7);
        assertThat(engine.runs).containsExactly(List.of(1), List.of(2), List.of(5), List.of(7));
    }

    @Test
    void aClientWithItsAnswerFindsRoomForTheNextRequest() {
        start(1, 1, 1, LONG);
        for (int i = 0; i < 1000; i++) {
            assertThat(predictor.predict(query(i % 10)).classIndex()).isEqualTo(i % 10);
        }
    }

    @Test
    void pastTheDeadlineARequestIsRefusedAndItsWorkDropped() throws Exception {
        start(1, 1, 10, Duration.ofMillis(50));
        engine.hold();
        Future<Prediction> running = ask(1);
        until(() -> engine.runs.size() == 1);

        assertRefused(() -> predictor.predict(List.of(query(2), query(3))), "DEADLINE");

        assertThat(depth()).isZero();
        assertThatThrownBy(running::get).cause().isInstanceOf(Rejection.class);
        engine.release(1_000_000);
        until(() -> answered(4));
        assertThat(engine.runs).doesNotContain(List.of(2), List.of(3));
    }

    private boolean answered(int label) {
        try {
            return predictor.predict(query(label)).classIndex() == label;
        } catch (Rejection e) {
            return false; // 50 ms can be too short on a busy machine
        }
    }

    @Test
    void cancelledAnswersLeaveTheQueueAndGiveTheirRoomBack() throws Exception {
        start(1, 1, 3, LONG);
        engine.hold();
        Future<Prediction> running = ask(1);
        until(() -> engine.runs.size() == 1);
        CompletableFuture<List<Prediction>> gone = predictor.predictLater(List.of(query(2), query(3)));
        assertThat(depth()).isEqualTo(2);
        assertRefused(() -> predictor.predictLater(List.of(query(4))), "QUEUE_FULL");

        gone.cancel(false);

        assertThat(depth()).isZero();
        CompletableFuture<List<Prediction>> last = predictor.predictLater(List.of(query(5), query(6)));
        engine.release(10);
        assertThat(running.get().classIndex()).isEqualTo(1);
        assertThat(last.get()).extracting(Prediction::classIndex).containsExactly(5, 6);
        assertThat(engine.runs).containsExactly(List.of(1), List.of(5), List.of(6));
    }

    @Test
    void aClientWithItsLaterAnswerFindsRoomForTheNextRequest() throws Exception {
        start(1, 1, 1, LONG);
        for (int i = 0; i < 1000; i++) {
            CompletableFuture<Integer> label = new CompletableFuture<>();
            predictor
                    .predictLater(List.of(query(i % 10)))
                    .whenComplete((predictions, failure) ->
                            label.complete(failure == null ? predictions.get(0).classIndex() : -1));
            assertThat(label.get()).isEqualTo(i % 10);
        }
    }

    @Test
    void requestsThatNobodyWaitsForCountAsRequests() throws Exception {
        start(1, 1, 2, LONG);
        engine.hold();
        CompletableFuture<List<Prediction>> running = predictor.predictLater(List.of(query(1)));
        until(() -> engine.runs.size() == 1);
        CompletableFuture<List<Prediction>> waiting = predictor.predictLater(List.of(query(2)));

        assertRefused(() -> predictor.admit(), "QUEUE_FULL");

        engine.release(10);
        assertThat(running.get().get(0).classIndex()).isEqualTo(1);
        assertThat(waiting.get().get(0).classIndex()).isEqualTo(2);
        predictor.admit();
    }

    @Test
    void answersThatNobodyWaitsForEndAtTheDeadline() throws Exception {
        start(1, 1, 10, Duration.ofMillis(50));
        engine.hold();
        CompletableFuture<List<Prediction>> running = predictor.predictLater(List.of(query(1)));
        until(() -> engine.runs.size() == 1);
        CompletableFuture<List<Prediction>> waiting = predictor.predictLater(List.of(query(2)));

        assertThatThrownBy(running::get).hasCauseInstanceOf(TimeoutException.class);
        assertThatThrownBy(waiting::get).hasCauseInstanceOf(TimeoutException.class);

        until(() -> depth() == 0);
        engine.release(1_000_000);
    }

    @Test
    void failureReachesAnswersThatNobodyWaitsFor() {
        start(1, 4, 10, LONG);
        engine.failure = new IllegalStateException("out of luck");

        assertThatThrownBy(() -> predictor.predictLater(List.of(query(1))).get())
                .hasRootCauseMessage("out of luck");
        engine.failure = null;
    }

    @Test
    void roomIsReservedUntilItIsUsedOrReleased() throws Exception {
        start(1, 4, 3, LONG);
        QueueReservation two = predictor.reserve(2);
        assertRefused(() -> predictor.reserve(2), "QUEUE_FULL");
        QueueReservation one = predictor.reserve(1);
        assertRefused(() -> predictor.admit(), "QUEUE_FULL");

        one.close();
        one.close();
        predictor.admit();
        assertThat(predictor.predict(query(7)).classIndex()).isEqualTo(7);

        assertThat(two.predict(List.of(query(1), query(2)))).hasSize(2);
        assertThatThrownBy(() -> two.predict(List.of(query(3))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("reserved 0, got 1 images");
        two.close();
        assertThat(predictor.predict(List.of(query(4), query(5), query(6)))).hasSize(3);
    }

    @Test
    void timeSpentBeforeTheQueueCountsTowardsTheDeadline() throws Exception {
        start(1, 4, 3, Duration.ofMillis(20));
        try (QueueReservation reservation = predictor.reserve(1)) {
            Thread.sleep(30);
            assertRefused(reservation::requireTime, "DEADLINE");
            assertRefused(() -> reservation.predict(List.of(query(1))), "DEADLINE");
        }
        assertThat(depth()).isZero();
    }

    @Test
    void imageOfTheWrongSizeIsRefusedBeforeItJoinsABatch() {
        start(1, 4, 10, LONG);

        assertThatThrownBy(() -> predictor.predict(List.of(query(1), query(new byte[3], 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an image of this model has 2 pixels, got 3");
        assertThat(engine.runs).isEmpty();
        assertThat(depth()).isZero();
    }

    @Test
    void failureReachesItsRequestsAndTheWorkerGoesOn() {
        start(1, 4, 10, LONG);
        engine.failure = new IllegalStateException("out of luck");
        assertThatThrownBy(() -> predictor.predict(query(1))).hasRootCauseMessage("out of luck");

        engine.failure = null;

        assertThat(predictor.predict(query(1)).classIndex()).isEqualTo(1);
    }

    @Test
    void whatWaitsIsAnsweredBeforeItCloses() throws Exception {
        start(2, 2, 100, LONG);
        engine.hold();
        List<Future<Prediction>> answers =
                IntStream.range(0, 20).mapToObj(this::ask).toList();
        until(() -> depth() == 20 - engine.runs.stream().mapToInt(List::size).sum() && engine.runs.size() == 2);
        engine.release(1_000_000);

        predictor.close();

        for (int i = 0; i < 20; i++) {
            assertThat(answers.get(i).get().classIndex()).isEqualTo(i);
        }
    }

    private void start(int threads, int batch, int capacity, Duration deadline) {
        RamProperties properties = new RamProperties(
                "",
                "auto",
                false,
                threads,
                new RamProperties.Batch(batch),
                new RamProperties.Queue(capacity, null),
                deadline,
                Duration.ZERO,
                new RamProperties.Limits(DataSize.ofMegabytes(1), LONG, 4096, 1),
                new RamProperties.Grpc(false, 9000),
                new RamProperties.Cors(List.of()),
                "",
                "");
        predictor = new Predictor(
                PixelEngine.MODEL,
                new RamClassifier(PixelEngine.MODEL, engine, batch),
                properties,
                new RamMetrics(registry));
        engine.runs.clear(); // of the warm-up
    }

    private Future<Prediction> ask(int label) {
        return clients.submit(() -> predictor.predict(query(label)));
    }

    private Query query(int label) {
        return query(PixelEngine.image(label, 0), 1);
    }

    private Query query(byte[] image, int rollouts) {
        return predictor.query(image, rollouts);
    }

    private int largestRun() {
        return engine.runs.stream().mapToInt(List::size).max().orElseThrow();
    }

    private double depth() {
        return registry.get("ram.queue.depth").gauge().value();
    }

    private static void assertRefused(Runnable request, String reason) {
        assertThatThrownBy(request::run)
                .isInstanceOfSatisfying(
                        Rejection.class,
                        rejection ->
                                assertThat(rejection.reason()).hasToString(reason.toLowerCase(java.util.Locale.ROOT)));
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(1);
        }
    }
}
