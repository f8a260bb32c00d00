package io.github.ram.service.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Fetches a checkpoint to serve, as a separate program that runs before the service: {@code java -cp ram-service.jar
 * io.github.ram.service.model.CheckpointDownload URL SHA256 FILE}. The file appears only when it is complete and its
 * SHA-256 is right.
 */
public final class CheckpointDownload {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration HEADER_TIMEOUT = Duration.ofSeconds(60);

    /** Far above the largest model. A wrong URL can neither fill the disk nor keep the program waiting. */
    private static final Limits LIMITS = new Limits(2L << 30, Duration.ofMinutes(15));

    private CheckpointDownload() {}

    /**
     * What a download may take.
     *
     * @param bytes of the file
     * @param time from the answer's headers to the end of its body
     */
    record Limits(long bytes, Duration time) {}

    /** Exits with 0 after a download, with 1 and one line on standard error after a failure. */
    public static void main(String[] arguments) {
        if (arguments.length != 3) {
            System.err.println("error: give three arguments: the checkpoint's URL, its SHA-256 and the file to write");
            System.exit(2);
        }
        try {
            URI address = URI.create(arguments[0]);
            Path file = Path.of(arguments[2]);
            fetch(address, arguments[1], file, LIMITS);
            System.out.printf(Locale.ROOT, "fetched file=%s bytes=%d%n", file, Files.size(file));
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("error: " + e.getMessage());
            System.exit(1);
        } catch (InterruptedException e) {
            System.err.println("error: interrupted");
            System.exit(1);
        }
    }

    /**
     * Fetches a file.
     *
     * @param sha256 of its contents, in hexadecimal
     * @throws IOException if the file cannot be fetched or written, exceeds the limits or has another SHA-256; then no
     *     file is left
     */
    static void fetch(URI address, String sha256, Path file, Limits limits) throws IOException, InterruptedException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            String found = transfer(address, part, limits);
            if (!found.equalsIgnoreCase(sha256)) {
                throw new IOException(address + " has the SHA-256 " + found + ", not " + sha256 + ": it is not served");
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Writes the content of the address into a file, and returns its SHA-256. */
    private static String transfer(URI address, Path part, Limits limits) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        HttpResponse<InputStream> response = send(client, address);
        MessageDigest digest = sha256();
        try (InputStream body = response.body();
                DigestOutputStream out = new DigestOutputStream(Files.newOutputStream(part), digest)) {
            if (response.statusCode() != 200) {
                throw failure(address, "HTTP status " + response.statusCode());
            }
            // HttpClient has no timeout for a body. Closing the body ends a read that waits. The deadline is complete
            // before the body is closed, so the reader knows why its read failed.
            CompletableFuture<Void> deadline = new CompletableFuture<Void>()
                    .completeOnTimeout(null, limits.time().toMillis(), TimeUnit.MILLISECONDS);
            deadline.thenRunAsync(() -> close(body));
            try {
                copy(address, body, out, limits.bytes());
            } catch (IOException e) {
                throw deadline.isDone()
                        ? failure(
                                address,
                                "its body did not arrive within "
                                        + limits.time().toSeconds() + " s")
                        : e;
            } finally {
                deadline.cancel(false);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void copy(URI address, InputStream body, OutputStream out, long limit) throws IOException {
        byte[] block = new byte[1 << 16];
        long total = 0;
        for (int count = body.read(block); count >= 0; count = body.read(block)) {
            total += count;
            if (total > limit) {
                throw failure(address, "it is larger than the " + limit + " bytes allowed");
            }
            out.write(block, 0, count);
        }
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpResponse<InputStream> send(HttpClient client, URI address)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(HEADER_TIMEOUT).build();
        try {
            return client.send(request, BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw failure(address, e.toString());
        }
    }

    private static IOException failure(URI address, String reason) {
        return new IOException(address + " cannot be fetched: " + reason);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
