package io.github.ram.training.run;

import io.github.ram.training.loop.TrainingException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a run's folder to one process at a time. The lock goes with the process, however that ends; the file stays,
 * because two processes could each hold one of the same name if it were deleted.
 */
public final class RunLock implements AutoCloseable {

    private final Path directory;
    private final FileChannel channel;

    private RunLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Takes the lock of a folder, and clears away what a process that died while it wrote has left there.
     *
     * @throws TrainingException if another run has it, or the folder cannot be written to
     */
    public static RunLock of(Path directory) {
        Path file = directory.resolve(".lock");
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isLocked(channel)) {
                channel.close();
                throw new TrainingException(
                        "%s is being trained in by another process: wait for it, or choose another --out"
                                .formatted(directory));
            }
            clearLeftovers(directory);
            return new RunLock(directory, channel);
        } catch (IOException e) {
            throw new TrainingException("%s cannot be written: %s".formatted(file, e), e);
        }
    }

    /** The folder that it keeps. */
    public Path directory() {
        return directory;
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) { // another run of this very process has it
            return false;
        }
    }

    private static void clearLeftovers(Path directory) {
        try (DirectoryStream<Path> leftovers =
                Files.newDirectoryStream(directory, "{last.ram.*,best.ram.*,metrics.csv,glimpses.csv}.tmp")) {
            for (Path leftover : leftovers) {
                Files.deleteIfExists(leftover);
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new TrainingException("%s cannot be tidied up: %s".formatted(directory, e), e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new TrainingException("the lock of a run cannot be released: " + e, e);
        }
    }
}
