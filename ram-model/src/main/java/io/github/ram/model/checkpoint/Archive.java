package io.github.ram.model.checkpoint;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** The file around a checkpoint: a ZIP archive, whose entries carry checksums. */
final class Archive {

    /** Far more than any model here; a file that unpacks to more is not one. */
    private static final long MAX_BYTES = 2_000_000_000L;

    /** Not the first of January: there Java adds the instant, which depends on the time zone. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private Archive() {}

    /** What a file holds, unless it is larger than any checkpoint. */
    static byte[] bytes(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new CheckpointException(
                    "%s is not a checkpoint: it has more than %d bytes".formatted(file, MAX_BYTES));
        }
        return Files.readAllBytes(file);
    }

    static Map<String, byte[]> read(String name, byte[] file) {
        if (file.length < 4 || file[0] != 'P' || file[1] != 'K' || file[2] != 3 || file[3] != 4) {
            throw new CheckpointException(
                    "%s is not a checkpoint: it does not begin as one (%d bytes)".formatted(name, file.length));
        }
        // The directory of a ZIP archive stands at its end: without it the file was cut short, even if
        // every entry before the cut is whole.
        if (!hasDirectory(file)) {
            throw new CheckpointException(
                    "%s is truncated: it ends after %d bytes, before its directory; fetch it again"
                            .formatted(name, file.length));
        }
        Map<String, byte[]> entries = new LinkedHashMap<>();
        long total = 0;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                byte[] content = zip.readNBytes((int) (MAX_BYTES - total));
                total += content.length;
                if (total >= MAX_BYTES) {
                    throw new CheckpointException(
                            "%s is not a checkpoint: it unpacks to more than %d bytes".formatted(name, MAX_BYTES));
                }
                entries.put(entry.getName(), content);
            }
        } catch (IOException | IllegalArgumentException e) { // the latter for a name that is not UTF-8
            throw new CheckpointException("%s is damaged: %s; fetch it again".formatted(name, e.getMessage()), e);
        }
        return entries;
    }

    private static boolean hasDirectory(byte[] file) {
        int end = file.length - 22; // the size of the end record, which has no comment here
        return end >= 0 && file[end] == 'P' && file[end + 1] == 'K' && file[end + 2] == 5 && file[end + 3] == 6;
    }

    static void write(Path file, Map<String, byte[]> entries) {
        Path target = file.toAbsolutePath();
        Path temporary = null;
        try {
            Files.createDirectories(target.getParent());
            // Not createTempFile(): it makes files that nobody but their owner may read.
            temporary = target.resolveSibling("%s.%s.tmp".formatted(target.getFileName(), UUID.randomUUID()));
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(zip(entries));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true); // or the move could reach the disk before the bytes do
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new CheckpointException("%s cannot be written: %s".formatted(file, reason(e)), e);
        } finally {
            delete(temporary);
        }
    }

    /** What went wrong, in a few words. */
    static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileAlreadyExistsException exists) {
            return exists.getFile() + " is a file, not a directory";
        }
        String reason = e instanceof FileSystemException files ? files.getReason() : e.getMessage();
        return reason == null ? e.toString() : reason;
    }

    private static void delete(Path temporary) {
        try {
            if (temporary != null) {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same entries always give the same bytes, whenever and wherever they are written. */
    private static byte[] zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                ZipEntry header = new ZipEntry(entry.getKey());
                header.setTimeLocal(NO_TIME);
                zip.putNextEntry(header);
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
