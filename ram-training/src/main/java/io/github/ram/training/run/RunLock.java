package io.github.ram.training.run;

import io.github.ram.training.TrainingException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * A lock on a run's folder, which one process holds at a time.
 *
 * <p>The platform releases the lock when the process ends, however the process ends. The lock's file stays: if it were
 * deleted, two processes could each lock a file of that name.
 */
public final class RunLock implements AutoCloseable {

    private final Path directory;
    private final FileChannel channel;

    private RunLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Locks a folder to train in it, and deletes the temporary files of a process that died while it wrote.
     *
     * @throws TrainingException if another run holds the lock, or the folder cannot be written to
     */
    public static RunLock of(Path directory) {
        return locked(directory, ".lock", "{last.ram,best.ram,metrics.csv,glimpses.csv}.*.tmp", channel -> {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new OverlappingFileLockException(); // as if this process held it
            }
        });
    }

    /**
     * Locks the report of a run. Waits while another process writes the report; a training in the folder may run.
     *
     * @throws TrainingException if this process is writing the report already, or the folder cannot be written to
     */
    static RunLock ofReport(Path directory) {
        return locked(directory, ".report.lock", "report.html.*.tmp", FileChannel::lock);
    }

    /** The locked folder. */
    public Path directory() {
        return directory;
    }

    private interface Locking {
        void lock(FileChannel channel) throws IOException;
    }

    private static RunLock locked(Path directory, String name, String leftovers, Locking locking) {
        Path file = directory.resolve(name);
        RunLock lock = null;
        boolean isTaken = false;
        try {
            lock = new RunLock(directory, FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
            locking.lock(lock.channel);
            delete(directory, leftovers);
            isTaken = true;
            return lock;
        } catch (OverlappingFileLockException e) {
            throw new TrainingException(
                    String.format(
                            Locale.ROOT,
                            "another run or report is writing in %s: wait until it ends, or choose another --out",
                            directory),
                    e);
        } catch (IOException e) {
            throw new TrainingException(String.format(Locale.ROOT, "%s cannot be written: %s", file, e), e);
        } finally {
            if (lock != null && !isTaken) {
                lock.close();
            }
        }
    }

    private static void delete(Path directory, String leftovers) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, leftovers)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new TrainingException(
                    String.format(
                            Locale.ROOT, "the temporary files %s in %s cannot be deleted: %s", leftovers, directory, e),
                    e);
        }
    }

    /** Releases the lock. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new TrainingException("the lock of a run cannot be released: " + e, e);
        }
    }
}
