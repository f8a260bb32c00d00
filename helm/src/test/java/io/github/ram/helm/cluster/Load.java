package io.github.ram.helm.cluster;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends a picture of a seven to the service until a file exists, and prints how many requests got no right answer. A
 * pod runs it, so it is one class file without other classes of the project.
 */
final class Load {

    private static final AtomicInteger SENT = new AtomicInteger();
    private static final AtomicInteger LOST = new AtomicInteger();

    private Load() {}

    /**
     * Runs the load. Each client keeps one connection and repeats no request.
     *
     * @param arguments address; file of the picture; number of clients; milliseconds between two requests of a client;
     *     file that ends the load
     */
    public static void main(String[] arguments) throws Exception {
        System.setProperty("jdk.httpclient.disableRetryConnect", "true");
        HttpRequest request = HttpRequest.newBuilder(URI.create(arguments[0]))
                .header("Content-Type", "image/png")
                .timeout(Duration.ofSeconds(10))
                .POST(BodyPublishers.ofFile(Path.of(arguments[1])))
                .build();
        int clients = Integer.parseInt(arguments[2]);
        long pause = Long.parseLong(arguments[3]);
        Path end = Path.of(arguments[4]);
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        for (int i = 0; i < clients; i++) {
            threads.submit(() -> ask(request, pause, end));
        }
        threads.shutdown();
        threads.awaitTermination(1, TimeUnit.HOURS);
        System.out.println("sent " + SENT + ", lost " + LOST);
    }

    private static Void ask(HttpRequest request, long pause, Path end) throws InterruptedException {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        while (!Files.exists(end)) {
            String loss = loss(client, request);
            if (loss != null) {
                System.out.println(LocalTime.now() + " " + loss);
                LOST.incrementAndGet();
            }
            if (SENT.incrementAndGet() == 1) {
                System.out.println("started");
            }
            Thread.sleep(pause);
        }
        return null;
    }

    /** Sends one request, and returns why it is lost; null if it is not. */
    private static String loss(HttpClient client, HttpRequest request) {
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            return response.statusCode() == 200 && response.body().contains("\"class\":7,")
                    ? null
                    : response.statusCode() + " " + response.body();
        } catch (Exception e) {
            return e.toString();
        }
    }
}
