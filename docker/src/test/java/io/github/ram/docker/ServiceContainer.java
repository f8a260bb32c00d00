package io.github.ram.docker;

import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/** The service's image, run as its chart does: only /tmp is writable, no capabilities, 1 GiB of memory. */
final class ServiceContainer extends GenericContainer<ServiceContainer> {

    private static final long GIGABYTE = 1L << 30;
    private static final Path SEVEN = Path.of("../docs/seven.png");

    private final List<Bind> mounts = new ArrayList<>();

    ServiceContainer() {
        super(Images.service());
        withExposedPorts(8080, 8081);
        withCreateContainerCmdModifier(command -> restrict(command.getHostConfig()));
        waitingFor(Wait.forHttp("/readyz").forPort(8080).withStartupTimeout(Duration.ofMinutes(3)));
    }

    /** Mounts a file of this machine. (The method of Testcontainers pulls an image to check the mount first.) */
    ServiceContainer withFile(Path file, String path) {
        mounts.add(new Bind(file.toAbsolutePath().toString(), new Volume(path), AccessMode.ro));
        return this;
    }

    /** Mounts a volume, read-only. */
    ServiceContainer withVolume(String name, String path) {
        mounts.add(new Bind(name, new Volume(path), AccessMode.ro));
        return this;
    }

    /** Uses the image's volume for /tmp, from which a process can load libraries. */
    ServiceContainer withItsOwnTmp() {
        return withCreateContainerCmdModifier(command -> command.getHostConfig().withTmpFs(Map.of()));
    }

    private void restrict(HostConfig config) {
        config.withReadonlyRootfs(true)
                .withBinds(mounts)
                .withTmpFs(Map.of("/tmp", "rw,noexec,nosuid,size=64m"))
                .withCapDrop(Capability.ALL)
                .withSecurityOpts(List.of("no-new-privileges:true"))
                .withMemory(GIGABYTE)
                .withMemorySwap(GIGABYTE);
    }

    URI address(int port, String path) {
        return URI.create("http://%s:%d%s".formatted(getHost(), getMappedPort(port), path));
    }

    HttpResponse<String> get(int port, String path) {
        return Http.get(address(port, path));
    }

    /** Sends a handwritten seven and returns the answer. */
    HttpResponse<String> predict() {
        return post(seven());
    }

    HttpResponse<String> post(byte[] body) {
        return Http.send(prediction(body));
    }

    /** Sends an image and returns the answer. */
    HttpRequest prediction(byte[] image) {
        return HttpRequest.newBuilder(address(8080, "/v1/predictions"))
                .header("Content-Type", "image/png")
                .POST(BodyPublishers.ofByteArray(image))
                .build();
    }

    static byte[] seven() {
        try {
            return Files.readAllBytes(SEVEN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what a command prints in the container, standard output first. */
    String execute(String... command) {
        try {
            ExecResult result = execInContainer(command);
            return result.getStdout() + result.getStderr();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
