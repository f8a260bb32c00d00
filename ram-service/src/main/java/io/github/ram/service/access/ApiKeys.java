package io.github.ram.service.access;

import io.github.ram.service.SettingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that open the service. Those of a file are read anew when it changes, so keys are rotated by
 * adding the new one, moving the clients over, and taking the old one out.
 *
 * <p>Only the keys' SHA-256 is kept. A given key is compared with every one of them in a time that tells
 * nothing of how much of it is right.
 */
final class ApiKeys {

    private static final Logger LOG = LoggerFactory.getLogger(ApiKeys.class);

    /** What a header carries as it is: of all else each client makes other bytes. */
    private static final Pattern SENDABLE = Pattern.compile("[ -~]+");

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final List<byte[]> fixed;
    private final Optional<Path> file;
    private volatile Contents contents = new Contents(null, List.of());
    private volatile boolean unreadable;

    /** What a file held when it was last changed. */
    private record Contents(FileTime changed, List<byte[]> digests) {}

    /**
     * @param keys separated by commas; blank for none
     * @param file one key a line, blank lines and such as begin with # aside
     * @throws SettingException if the file cannot be read, a key cannot be sent, or there are settings and no
     *     key in them
     */
    ApiKeys(String keys, Optional<Path> file) {
        List<String> named = keys(Stream.of(keys.split(",")));
        if (!named.stream().allMatch(ApiKeys::isSendable)) {
            throw new SettingException("ram.api-key holds a key that no header can carry: use printable ASCII", null);
        }
        this.fixed = digests(named);
        this.file = file;
        if (fixed.isEmpty() && !keys.isBlank()) {
            throw new SettingException("ram.api-key holds no key: set it to one, or to nothing", null);
        }
        if (file.isPresent()) {
            contents = firstContents(file.get());
        }
    }

    private static Contents firstContents(Path file) {
        try {
            Contents contents = read(file);
            if (contents.digests().isEmpty()) {
                throw new SettingException("ram.api-key-file " + file + " holds no key: write one a line", null);
            }
            return contents;
        } catch (NoSuchFileException e) {
            throw new SettingException("ram.api-key-file " + file + ": there is no such file", e);
        } catch (IOException e) {
            throw new SettingException("ram.api-key-file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Whether no key is set: the service is open. */
    boolean isOpen() {
        return fixed.isEmpty() && file.isEmpty();
    }

    /** Whether a key is one of these. */
    boolean contains(String key) {
        byte[] given = digest(key);
        boolean found = false;
        for (byte[] digest : fixed) {
            found |= MessageDigest.isEqual(digest, given);
        }
        for (byte[] digest : inFile()) {
            found |= MessageDigest.isEqual(digest, given);
        }
        return found;
    }

    /** The keys of the file as it is now; while it cannot be read, those that it held before. */
    private List<byte[]> inFile() {
        if (file.isEmpty()) {
            return List.of();
        }
        try {
            if (!Files.getLastModifiedTime(file.get()).equals(contents.changed())) {
                contents = read(file.get());
                unreadable = false;
                LOG.info(
                        "The API keys have been read anew: {} of them",
                        contents.digests().size());
            }
        } catch (IOException e) {
            if (!unreadable) { // once, not with every request
                unreadable = true;
                LOG.warn("ram.api-key-file cannot be read, so the keys it held stay in force: {}", e.toString());
            }
        }
        return contents.digests();
    }

    private static Contents read(Path file) throws IOException {
        FileTime changed = Files.getLastModifiedTime(file); // first: what is written meanwhile is read next time
        // What is not UTF-8 is allowed in comments, and refused in keys.
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        String unmarked = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        List<String> keys = keys(unmarked.lines()).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
        if (!keys.stream().allMatch(ApiKeys::isSendable)) {
            throw new IOException("it holds a key that no header can carry: use printable ASCII");
        }
        return new Contents(changed, digests(keys));
    }

    private static List<String> keys(Stream<String> written) {
        return written.map(String::strip).filter(key -> !key.isEmpty()).toList();
    }

    private static boolean isSendable(String key) {
        return SENDABLE.matcher(key).matches();
    }

    private static List<byte[]> digests(List<String> keys) {
        return keys.stream().map(ApiKeys::digest).toList();
    }

    private static byte[] digest(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
