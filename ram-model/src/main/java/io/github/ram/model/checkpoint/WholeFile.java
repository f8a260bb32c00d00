package io.github.ram.model.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes files so that a reader, or a crash, finds the old file or the new file, whole. */
public final class WholeFile {

    private WholeFile() {}

    /**
     * Writes a file: first to a temporary file in the same folder, {@code NAME.UUID.tmp}, which then replaces the file.
     * Each call has its own temporary file, so two writers never mix their bytes.
     *
     * @throws IOException if the file cannot be written; the old file is untouched, and no temporary file is left
     */
    public static void write(Path file, byte[] content) throws IOException {
        Path target = file.toAbsolutePath();
        // Not createTempFile(): its files are readable by their owner only.
        Path temporary = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true); // otherwise the move can reach the disk before the bytes
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** The reason of a failure, in a few words. */
    public static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof FileAlreadyExistsException exists) {
            return exists.getFile() + " is a file, not a directory";
        }
        if (failure instanceof NoSuchFileException missing) {
            return Path.of(missing.getFile()).getParent() + " does not exist";
        }
        String reason = failure instanceof FileSystemException files ? files.getReason() : failure.getMessage();
        return reason == null ? failure.toString() : reason;
    }
}
