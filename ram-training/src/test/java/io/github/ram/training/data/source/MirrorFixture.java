package io.github.ram.training.data.source;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.github.ram.training.data.file.IdxFixture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server on this machine that publishes four small files, well and badly: {@code good}, {@code foreign} (other
 * contents), {@code half} (half of the gzip file), {@code cut} (the connection breaks), {@code stalled} (the connection
 * falls silent). Everything else is not found.
 */
final class MirrorFixture implements AutoCloseable {

    private static final Map<String, String> CONTENTS = Map.of(
            "train-images-idx3-ubyte", "train images",
            "train-labels-idx1-ubyte", "train labels",
            "t10k-images-idx3-ubyte", "test images",
            "t10k-labels-idx1-ubyte", "test labels");

    private final Map<String, byte[]> files = new ConcurrentHashMap<>();

    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    MirrorFixture() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        CONTENTS.forEach((name, contents) -> publish(name + ".gz", IdxFixture.gzip(contents.getBytes())));
        server.createContext("/good/", exchange -> send(exchange, packed(exchange)));
        server.createContext("/foreign/", exchange -> send(exchange, IdxFixture.gzip("something else".getBytes())));
        server.createContext("/half/", exchange -> {
            byte[] packed = packed(exchange);
            send(exchange, Arrays.copyOf(packed, packed.length / 2));
        });
        server.createContext("/cut/", breakOff(() -> {}));
        server.createContext("/stalled/", breakOff(this::awaitClose));
        server.start();
    }

    /** Publishes a file more. */
    void publish(String name, byte[] file) {
        files.put(name, file);
    }

    URI base(String manner) {
        InetSocketAddress address = server.getAddress();
        return URI.create(
                "http://%s:%d/%s/".formatted(address.getAddress().getHostAddress(), address.getPort(), manner));
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private byte[] packed(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        return files.get(path.substring(path.lastIndexOf('/') + 1));
    }

    private static void send(HttpExchange exchange, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** Announces 1,000 bytes, sends 20, and drops the connection after {@code pause}. */
    private static HttpHandler breakOff(Runnable pause) {
        return exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(new byte[20]);
            exchange.getResponseBody().flush();
            pause.run();
            throw new IOException("dropped");
        };
    }

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
