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

/** The service's image, run as its chart runs it: nothing writable but /tmp, no capabilities, a gigabyte. */
final class ServiceContainer extends GenericContainer<ServiceContainer> {

    private static final long GIGABYTE = 1L << 30;
    private static final Path SEVEN = Path.of("../docs/seven.png");

    private final List<Bind> files = new ArrayList<>();

    ServiceContainer() {
        super(Images.service());
        withExposedPorts(8080, 8081);
        withCreateContainerCmdModifier(command -> restrict(command.getHostConfig()));
        waitingFor(Wait.forHttp("/readyz").forPort(8080).withStartupTimeout(Duration.ofMinutes(3)));
    }

    /** Puts a file of this machine there. (What Testcontainers has for this tries it first, with an image to pull.) */
    ServiceContainer withFile(Path file, String path) {
        files.add(new Bind(file.toAbsolutePath().toString(), new Volume(path), AccessMode.ro));
        return this;
    }

    /** Leaves /tmp to the image: a volume, from which libraries can be loaded. */
    ServiceContainer withItsOwnTmp() {
        return withCreateContainerCmdModifier(command -> command.getHostConfig().withTmpFs(Map.of()));
    }

    private void restrict(HostConfig config) {
        config.withReadonlyRootfs(true)
                .withBinds(files)
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

    /** Asks what a handwritten seven is. */
    HttpResponse<String> predict() {
        return post(seven());
    }

    HttpResponse<String> post(byte[] body) {
        return Http.send(prediction(body));
    }

    /** Asks what an image shows. */
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

    /** What a command prints in the container, with its error output behind. */
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
