package io.github.ram.service;

import io.github.ram.model.checkpoint.Checkpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.AvailabilityState;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.grpc.server.lifecycle.GrpcServerLifecycle;

/** The real application on free ports, and a client for it. */
final class TestService implements AutoCloseable {

    private static final String BOUNDARY = "the-boundary";

    /** The type of a {@link #form}. */
    static final String FORM = "multipart/form-data; boundary=" + BOUNDARY;

    private final ConfigurableApplicationContext context;
    private final HttpClient client = HttpClient.newHttpClient();

    private TestService(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts the application with a small test model. */
    static TestService start(Path directory, String... settings) {
        return start(TestModel.checkpoint(), directory, settings);
    }

    /** Starts the application on a model. */
    static TestService start(Checkpoint checkpoint, Path directory, String... settings) {
        Path file = directory.resolve("test.ram");
        checkpoint.save(file);
        List<String> arguments = new ArrayList<>(List.of(settings));
        for (String otherwise : List.of(
                "--server.port=0",
                "--management.server.port=0",
                "--ram.shutdown-grace=0s",
                "--ram.checkpoint=" + file,
                "--ram.deadline=2m")) { // The machine may be busy.
            String name = otherwise.substring(0, otherwise.indexOf('=') + 1);
            if (arguments.stream().noneMatch(setting -> setting.startsWith(name))) {
                arguments.add(otherwise);
            }
        }
        return new TestService(
                new SpringApplicationBuilder(RamServiceApplication.class).run(arguments.toArray(String[]::new)));
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    <T> Collection<T> beans(Class<T> type) {
        return context.getBeansOfType(type).values();
    }

    /** Lets the application know of a change to its own state. */
    void publish(AvailabilityState state) {
        AvailabilityChangeEvent.publish(context, state);
    }

    int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    int grpcPort() {
        return bean(GrpcServerLifecycle.class).getPort();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port() + path));
    }

    HttpResponse<String> get(String path) {
        return send(request(path));
    }

    private int managementPort() {
        return context.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
    }

    HttpResponse<String> getManagement(String path) {
        return getManagement(path, "*/*");
    }

    HttpResponse<String> getManagement(String path, String accept) {
        return send(HttpRequest.newBuilder(URI.create("http://localhost:" + managementPort() + path))
                .header("Accept", accept));
    }

    /** What the service measures: the value of a series, with its labels as Prometheus shows them. */
    double metric(String series) {
        return getManagement("/actuator/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length())))
                .sum();
    }

    HttpResponse<String> post(String type, byte[] body) {
        return post("/v1/predictions", type, body);
    }

    HttpResponse<String> post(String path, String type, byte[] body) {
        return send(request(path).header("Content-Type", type).POST(BodyPublishers.ofByteArray(body)));
    }

    HttpResponse<String> postJson(String json) {
        return post("application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    /** Posts a form of files, each under the name. */
    HttpResponse<String> postForm(String name, byte[]... files) {
        return post(FORM, form(name, files));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        return send(request, BodyHandlers.ofString());
    }

    <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> handler) {
        try {
            return client.send(request.build(), handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends bytes as they are, and returns all that comes back until the server closes the connection. */
    String exchange(byte[]... bytes) {
        return exchange(port(), bytes);
    }

    /** The same on the management port. */
    String exchangeManagement(byte[]... bytes) {
        return exchange(managementPort(), bytes);
    }

    private static String exchange(int port, byte[]... bytes) {
        try (Socket socket = new Socket("localhost", port)) {
            for (byte[] some : bytes) {
                socket.getOutputStream().write(some);
            }
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends bytes and the end of all, and returns whatever comes back, which may be nothing. */
    String exchangeAndClose(byte[] bytes) {
        try (Socket socket = new Socket("localhost", port())) {
            socket.setSoTimeout(120_000);
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (SocketException e) {
            return ""; // It was closed before all was sent.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] form(String name, byte[]... files) {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        for (byte[] file : files) {
            form.writeBytes(ascii("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name
                    + "\"; filename=\"digit.png\"\r\nContent-Type: application/octet-stream\r\n\r\n"));
            form.writeBytes(file);
            form.writeBytes(ascii("\r\n"));
        }
        form.writeBytes(ascii("--" + BOUNDARY + "--\r\n"));
        return form.toByteArray();
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        context.close();
    }
}
