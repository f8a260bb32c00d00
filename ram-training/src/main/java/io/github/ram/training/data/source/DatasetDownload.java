package io.github.ram.training.data.source;

import io.github.ram.training.data.DataException;
import io.github.ram.training.data.file.Publication;
import io.github.ram.training.data.file.PublishedFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Fetches a data set's files from where they are published.
 *
 * <p>Tries one mirror after another, takes a file only if it has the published MD5, and moves it into place when it is
 * whole. What the directory already holds is checked and kept, never overwritten.
 */
public final class DatasetDownload {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration TRANSFER = Duration.ofMinutes(30);

    private final Publication publication;
    private final Duration transfer;
    private final HttpClient client;

    /**
     * A download of a published data set: 10 seconds to reach a mirror, 30 minutes to fetch a file.
     *
     * @throws DataException if the data set is not one that is published
     */
    public DatasetDownload(DataSource source) {
        this(
                source.publication()
                        .orElseThrow(() -> new DataException(String.format(
                                Locale.ROOT,
                                source.readsFiles()
                                        ? "--download cannot fetch %s: put its files into the folder of --data by hand"
                                        : "there is nothing to download for %s: this program makes it",
                                source))),
                CONNECT,
                TRANSFER);
    }

    DatasetDownload(Publication publication, Duration connect, Duration transfer) {
        this.publication = publication;
        this.transfer = transfer;
        this.client = HttpClient.newBuilder()
                .connectTimeout(connect)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    /**
     * Fetches the files that a directory lacks; creates the directory if need be.
     *
     * @param progress receives the address of each file as its transfer starts
     * @return the files fetched, possibly none
     * @throws DataException if a file that is already there is not the published one, or no mirror gave a file that
     *     is; the message says how to place the files by hand
     */
    public List<Path> into(Path directory, Consumer<URI> progress) {
        List<PublishedFile> missing = new ArrayList<>();
        for (PublishedFile file : publication.files()) {
            Optional<Path> present = file.in(directory);
            if (present.isPresent()) {
                requirePublished(file, present.get());
            } else if (!file.isUnpackedIn(directory)) {
                missing.add(file);
            }
        }
        List<Path> fetched = new ArrayList<>();
        try {
            Files.createDirectories(directory);
            for (PublishedFile file : missing) {
                fetched.add(fetch(file, directory, progress));
            }
        } catch (IOException e) {
            throw new DataException(String.format(Locale.ROOT, "cannot write to %s: %s", directory, e), e);
        }
        return fetched;
    }

    private void requirePublished(PublishedFile file, Path present) {
        String md5 = file.md5(present);
        if (!md5.equals(file.md5())) {
            throw new DataException(String.format(
                    Locale.ROOT,
                    "%s is not the file published for %s (its contents have MD5 %s, expected %s): move it away and try again",
                    present,
                    publication.dataset(),
                    md5,
                    file.md5()));
        }
    }

    private Path fetch(PublishedFile file, Path directory, Consumer<URI> progress) throws IOException {
        String name = file.name();
        List<String> failures = new ArrayList<>();
        for (URI mirror : publication.mirrors()) {
            URI address = mirror.resolve(name);
            progress.accept(address);
            Path part = Files.createFile(directory.resolve(name + "." + UUID.randomUUID() + ".part"));
            try {
                Optional<String> fault = transfer(address, part, file);
                if (fault.isEmpty()) {
                    return Files.move(part, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
                }
                failures.add(address + ": " + fault.get());
            } finally {
                Files.deleteIfExists(part);
            }
        }
        throw new DataException(String.format(
                Locale.ROOT,
                "cannot download %s of %s (%s): without Internet, %s",
                name,
                publication.dataset(),
                String.join("; ", failures),
                publication.byHand().apply(directory)));
    }

    /** Fetches one file; empty if all went well, otherwise what was wrong. */
    private Optional<String> transfer(URI address, Path part, PublishedFile file) {
        // Without CREATE, so that a transfer given up cannot bring back the file once it is deleted.
        CompletableFuture<HttpResponse<Path>> response = client.sendAsync(
                HttpRequest.newBuilder(address).build(),
                info -> info.statusCode() == 200
                        ? BodySubscribers.ofFile(part, StandardOpenOption.WRITE)
                        : BodySubscribers.replacing(part));
        try {
            int status =
                    response.get(transfer.toMillis(), TimeUnit.MILLISECONDS).statusCode();
            if (status != 200) {
                return Optional.of("HTTP status " + status);
            }
            String md5 = file.md5(part);
            return md5.equals(file.md5())
                    ? Optional.empty()
                    : Optional.of(String.format(Locale.ROOT, "contents have MD5 %s, expected %s", md5, file.md5()));
        } catch (TimeoutException e) {
            return Optional.of(String.format(Locale.ROOT, "not finished within %d s", transfer.toSeconds()));
        } catch (ExecutionException e) {
            return Optional.of(e.getCause().toString());
        } catch (DataException e) {
            return Optional.of("not a whole gzip file");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DataException(String.format(Locale.ROOT, "the download of %s was interrupted", address), e);
        } finally {
            response.cancel(true);
        }
    }
}
