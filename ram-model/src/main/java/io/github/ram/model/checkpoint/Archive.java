package io.github.ram.model.checkpoint;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
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

/** The file around a checkpoint: a ZIP archive, whose entries carry checksums. */
final class Archive {

    /** Far more than any model here has. A file that unpacks to more is rejected. */
    private static final long MAX_BYTES = 2_000_000_000L;

    /** Not the first of January: for that date Java also writes the instant, which depends on the time zone. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private Archive() {}

    /** Reads a file, unless it is larger than any checkpoint. */
    static byte[] bytes(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new CheckpointException(
                    String.format(Locale.ROOT, "%s is not a checkpoint: it has more than %d bytes", file, MAX_BYTES));
        }
        return Files.readAllBytes(file);
    }

    static Map<String, byte[]> read(String name, byte[] file) {
        if (file.length < 4 || file[0] != 'P' || file[1] != 'K' || file[2] != 3 || file[3] != 4) {
            throw new CheckpointException(String.format(
                    Locale.ROOT,
                    "%s is not a checkpoint: it does not start with a ZIP header (%d bytes)",
                    name,
                    file.length));
        }
        // The directory of a ZIP archive is at its end. A file without it was cut short, even if every entry
        // before the cut is whole.
        if (!hasDirectory(file)) {
            throw new CheckpointException(String.format(
                    Locale.ROOT,
                    "%s is truncated: it ends after %d bytes, before its directory; fetch it again",
                    name,
                    file.length));
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
        } catch (IOException | IllegalArgumentException e) { // the latter for a name that is not UTF-8
            throw new CheckpointException(
                    String.format(Locale.ROOT, "%s is damaged: %s; fetch it again", name, e.getMessage()), e);
        }
        return entries;
    }

    private static boolean hasDirectory(byte[] file) {
        int end = file.length - 22; // the size of the end record, which has no comment here
        return end >= 0 && file[end] == 'P' && file[end + 1] == 'K' && file[end + 2] == 5 && file[end + 3] == 6;
    }

    static void write(Path file, Map<String, byte[]> entries) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            WholeFile.write(file, bytes(entries));
        } catch (IOException e) {
            throw new CheckpointException(
                    String.format(Locale.ROOT, "%s cannot be written: %s", file, WholeFile.reason(e)), e);
        }
    }

    /** The same entries always give the same bytes, whenever and wherever they are written. */
    static byte[] bytes(Map<String, byte[]> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                ZipEntry header = new ZipEntry(entry.getKey());
                header.setTimeLocal(NO_TIME);
                zip.putNextEntry(header);
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory can always be written", e);
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
