package io.github.ram.model.checkpoint;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Reads and writes a checkpoint's ZIP archive, whose entries have checksums. */
final class Archive {

    /** The largest unpacked size. It is far above the size of any model here. */
    private static final long MAX_BYTES = 2_000_000_000L;

    /** The time of every entry. For 1 January Java would add the instant, which depends on the time zone. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private Archive() {}

    /** Returns the bytes of a file, and rejects a file that is larger than any checkpoint. */
    static byte[] bytes(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new CheckpointException(
                    String.format(Locale.ROOT, "%s is not a checkpoint: it has more than %d bytes", file, MAX_BYTES));
        }
        return Files.readAllBytes(file);
    }

    /** Returns the contents of the entries by name. */
    static Map<String, byte[]> read(String name, byte[] file) {
        if (file.length < 4 || file[0] != 'P' || file[1] != 'K' || file[2] != 3 || file[3] != 4) {
            throw new CheckpointException("%s is not a checkpoint: it does not start with a ZIP header (%d bytes)"
                    .formatted(name, file.length));
        }
        // The directory is at the end of a ZIP archive. A file without a directory is truncated, even if all its
        // entries are complete.
        if (!hasDirectory(file)) {
            throw new CheckpointException("%s is truncated: its %d bytes have no ZIP directory; fetch the file again"
                    .formatted(name, file.length));
        }
        Map<String, byte[]> entries = new LinkedHashMap<>();
        long total = 0;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                byte[] content = zip.readNBytes((int) (MAX_BYTES - total));
                total += content.length;
                if (total >= MAX_BYTES) {
                    throw new CheckpointException(String.format(
                            Locale.ROOT, "%s is not a checkpoint: it unpacks to more than %d bytes", name, MAX_BYTES));
                }
                entries.put(entry.getName(), content);
            }
        } catch (IOException | IllegalArgumentException e) { // IllegalArgumentException: a name is not UTF-8
            throw new CheckpointException("%s is damaged: %s; fetch the file again".formatted(name, e.getMessage()), e);
        }
        return entries;
    }

    private static boolean hasDirectory(byte[] file) {
        int end = file.length - 22; // 22 bytes: the end record without a comment
        return end >= 0 && file[end] == 'P' && file[end + 1] == 'K' && file[end + 2] == 5 && file[end + 3] == 6;
    }

    /** Writes a temporary file and moves it to its place in one step. */
    static void write(Path file, Map<String, byte[]> entries) {
        try {
            Files.createDirectories(target.getParent());
            // createTempFile() is not used, because it creates files that only their owner may read.
            temporary = target.resolveSibling("%s.%s.tmp".formatted(target.getFileName(), UUID.randomUUID()));
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(zip(entries));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true); // otherwise the move may reach the disk before the bytes
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new CheckpointException("%s cannot be written: %s".formatted(file, reason(e)), e);
        } finally {
            delete(temporary);
        }
    }

    /** Returns the reason of an exception in a few words. */
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

    /** Returns the archive of entries. Equal entries give equal bytes at any time and in any time zone. */
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
