package io.github.ram.service.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ram.model.Normalisation;
import io.github.ram.model.Query;
import io.github.ram.service.Rejection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PredictionQueueTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Test
    void acceptsTheWorkThatItsWorkersFinishInTime() {
        PredictionQueue queue = queue(100, 10_000, 2);
        queue.observe(SECOND / 100, 1); // 10 ms a rollout and worker: 200 a second

        queue.begin(199);
        queue.requireRoom();
        queue.begin(1);

        assertFull(() -> queue.begin(1));
        assertFull(queue::requireRoom);
        queue.end(1);
        queue.begin(1);
    }

    @Test
    void anIdleQueueAcceptsARequestOfAnyLength() {
        PredictionQueue queue = queue(100, 10_000, 1);
        queue.observe(SECOND, 1);

        queue.begin(64);

        assertFull(() -> queue.begin(1));
    }

    @Test
    void thePaceFollowsTheBatches() {
        PredictionQueue queue = queue(100, 10_000, 1);
        queue.observe(SECOND, 1);
        IntStream.range(0, 200).forEach(i -> queue.observe(SECOND / 100, 10)); // 1 ms a rollout

        queue.begin(900);
        queue.begin(50);

        assertFull(() -> queue.begin(100));
    }

    @Test
    void severalRolloutsOfAnImageTakeTheirTime() throws InterruptedException {
        PredictionQueue queue = queue(100, 10_000, 1);
        queue.observe(SECOND / 100, 1);
        queue.begin(10);
        List<PendingImage> images = images(10, 10);
        queue.add(images);

        assertFull(() -> queue.begin(1)); // 100 rollouts are a second of work

        assertThat(queue.take(1000)).isEqualTo(images);
        assertFull(() -> queue.begin(1)); // the images are being predicted
        queue.release(images);
        queue.begin(100);
    }

    @Test
    void droppedImagesReleaseTheirTime() {
        PredictionQueue queue = queue(100, 10_000, 1);
        queue.observe(SECOND / 100, 1);
        queue.begin(10);
        List<PendingImage> images = images(10, 10);
        queue.add(images);

        queue.remove(images.get(0).request());
        queue.end(0);

        assertThat(queue.size()).isZero();
        queue.begin(100);
    }

    @Test
    void limitsImagesAndRequests() {
        PredictionQueue queue = queue(2, 5, 1);
        queue.begin(3);

        assertFull(() -> queue.begin(3));
        queue.begin(1);
        assertFull(() -> queue.begin(1)); // a third request
        queue.end(1);
        queue.begin(2);
        assertFull(queue::requireRoom);
    }

    private static PredictionQueue queue(int requests, int images, int workers) {
        return new PredictionQueue(new PredictionQueue.Limits(requests, images, SECOND), workers);
    }

    private static List<PendingImage> images(int count, int rollouts) {
        PendingRequest request = new PendingRequest(count);
        Query query = Query.of(new byte[2], Normalisation.of(0, 1, 0).table(), rollouts);
        return IntStream.range(0, count)
                .mapToObj(i -> new PendingImage(request, i, query, 0))
                .toList();
    }

    private static void assertFull(Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOf(Rejection.class)
                .hasMessage("the queue is full: send the request again later");
    }
}
