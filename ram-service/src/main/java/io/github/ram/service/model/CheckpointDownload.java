package io.github.ram.service.model;

import java.io.IOException;
import java.io.InputStream;
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

/**
 * Fetches a checkpoint to serve, as a program of its own that runs before the service: {@code java -cp
 * ram-service.jar io.github.ram.service.model.CheckpointDownload URL SHA256 FILE}. The file appears only whole and
 * only if it has that SHA-256.
 */
public final class CheckpointDownload {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private CheckpointDownload() {}

    /** Exits with 0 if the file is there, with 1 and one line on standard error if not. */
    public static void main(String[] arguments) {
        if (arguments.length != 3) {
            System.err.println("error: give three arguments: the checkpoint's URL, its SHA-256 and the file to write");
            System.exit(2);
        }
        try {
            URI address = URI.create(arguments[0]);
            Path file = Path.of(arguments[2]);
            fetch(address, arguments[1], file);
            System.out.printf("fetched %s, %d bytes%n", file, Files.size(file));
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
     * @throws IOException if it cannot be fetched or written, or has another SHA-256; there is then no file
     */
    static void fetch(URI address, String sha256, Path file) throws IOException, InterruptedException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            String found = transfer(address, part);
            if (!found.equalsIgnoreCase(sha256)) {
                throw new IOException(
                        "%s has the SHA-256 %s, not %s: it is not served".formatted(address, found, sha256));
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Writes what is at the address into a file, and returns its SHA-256. */
    private static String transfer(URI address, Path part) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        HttpResponse<InputStream> response = send(client, address);
        MessageDigest digest = sha256();
        try (InputStream body = response.body();
                DigestOutputStream out = new DigestOutputStream(Files.newOutputStream(part), digest)) {
            if (response.statusCode() != 200) {
                throw new IOException("%s cannot be fetched: HTTP status %d".formatted(address, response.statusCode()));
            }
            body.transferTo(out);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static HttpResponse<InputStream> send(HttpClient client, URI address)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(ANSWER).build();
        try {
            return client.send(request, BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new IOException("%s cannot be fetched: %s".formatted(address, e), e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
