package io.github.ram.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ram.service.fixture.FuzzedRequests;
import io.github.ram.service.fixture.Images;
import io.github.ram.service.fixture.Mutations;
import io.github.ram.service.fixture.TestModel;
import io.github.ram.service.fixture.TestService;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Thousands of damaged requests: none gets the service to fail, to hang, to leak or to answer otherwise.
 *
 * <p>They are the same every time. The system properties {@code ram.fuzz.seed} and
 * {@code ram.fuzz.requests} make others, and more.
 */
class FuzzTest {

    private static final long SEED = Long.getLong("ram.fuzz.seed", 1);
    private static final int REQUESTS = Integer.getInteger("ram.fuzz.requests", 2000);
    private static final int CLIENTS = 4;

    /** Far beyond any deadline of the service. A longer wait is a hang. */
    private static final Duration FOR_EVER = Duration.ofMinutes(2);

    /** More than a heap varies by, less than a request's body for every hundredth request. */
    private static final long TOLERANCE = 48L << 20;

    private static TestService service;

    @BeforeAll
    static void start(@TempDir Path directory) {
        service = TestService.start(directory);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void noRequestMakesTheServiceFailHangOrGrow() throws Exception {
        String before = answer();
        fuzz(SEED, REQUESTS / 4); // until every cache is full and every thread has started
        long heap = usedMemory();

        Map<Integer, Integer> statuses = fuzz(SEED + CLIENTS, REQUESTS);

        assertThat(usedMemory() - heap)
                .as("bytes more than before, with %s", seed(SEED))
                .isLessThan(TOLERANCE);
        assertThat(answer()).isEqualTo(before);
        // Or the requests would have tested nothing.
        assertThat(statuses).containsKeys(200, 400, 413, 415, 422);
    }

    @Test
    void noBytesOnTheWireMakeTheServiceFailOrHang() {
        String before = answer();
        SplittableRandom random = new SplittableRandom(SEED);
        Mutations mutations = new Mutations(random);
        for (int i = 0; i < REQUESTS / 10; i++) {
            byte[] bytes = mutations.bytes(
                    random.nextBoolean()
                            ? TestService.ascii("GET /v1/model?a=b HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n")
                            : TestService.ascii("POST /v2/models/ram/infer HTTP/1.1\r\nHost: localhost\r\n"
                                    + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n2\r\n1}\r\n0\r\n\r\n"));

            String answer = service.exchangeAndClose(bytes);

            // 501 and 505 are how HTTP refuses an encoding or a version that nobody knows.
            assertThat(answer)
                    .as("to %s, with %s", new String(bytes, StandardCharsets.ISO_8859_1), seed(SEED))
                    .satisfiesAnyOf(
                            text -> assertThat(text).matches("(?s)HTTP/1.1 ([1-4]\\d\\d|501|505) .*"),
                            text -> assertThat(text).startsWith("{"), // to HTTP/0.9, which has no status
                            text -> assertThat(text).isEmpty());
        }
        assertThat(answer()).isEqualTo(before);
    }

    private static Map<Integer, Integer> fuzz(long seed, int requests) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Callable<List<Integer>>> tasks = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                long own = seed + client;
                tasks.add(() -> statuses(own, requests / CLIENTS));
            }
            Map<Integer, Integer> statuses = new TreeMap<>();
            for (Future<List<Integer>> answered : clients.invokeAll(tasks)) {
                answered.get().forEach(status -> statuses.merge(status, 1, Integer::sum));
            }
            return statuses;
        } finally {
            clients.shutdownNow();
        }
    }

    private static List<Integer> statuses(long seed, int requests) {
        FuzzedRequests fuzzed = new FuzzedRequests(seed);
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            FuzzedRequests.Request request = fuzzed.next();
            String what = "request %d of %s: %s".formatted(i, seed(seed), request);
            try {
                statuses.add(send(request, what));
            } catch (RuntimeException e) {
                throw new AssertionError(what, e);
            }
        }
        return statuses;
    }

    private static int send(FuzzedRequests.Request request, String what) {
        HttpRequest.Builder http =
                service.request(request.path()).timeout(FOR_EVER).POST(BodyPublishers.ofByteArray(request.body()));
        request.headers().forEach(http::header);
        HttpResponse<String> response = service.send(http);
        int status = response.statusCode();
        // Overload and the deadline are documented; nothing else is the service's fault.
        assertThat(status)
                .as(what)
                .satisfiesAnyOf(
                        code -> assertThat(code).isLessThan(500),
                        code -> assertThat(code).isIn(503, 504));
        if (status >= 400) {
            JsonNode body = JsonMapper.shared().readTree(response.body());
            assertThat(body.get(request.path().startsWith("/v2") ? "error" : "detail")
                            .asString())
                    .as(what)
                    .isNotBlank()
                    .doesNotContain("Exception", "\n");
        }
        return status;
    }

    private static String answer() {
        HttpResponse<String> response = service.post("image/png", Images.png(TestModel.pixels(20)));
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    private static String seed(long seed) {
        return "seed " + seed + " (-Dram.fuzz.seed=" + SEED + " -Dram.fuzz.requests=" + REQUESTS + ")";
    }

    /** The heap in use, and what lies outside of it in buffers. */
    private static long usedMemory() {
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) { // what one collection leaves, another may take
            System.gc();
            used = Math.min(
                    used,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return used
                + ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum();
    }
}
