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
 * The keys of the service. A file of keys is read again when it changes. To rotate keys, add the new key, move the clients
 * to it, and remove the old key.
 *
 * <p>Only the keys' SHA-256 is kept. A given key is compared with all of them in a time that does not depend on the key.
 */
final class ApiKeys {

    private static final Logger LOG = LoggerFactory.getLogger(ApiKeys.class);

    /** Characters that every client sends in a header as the same bytes. */
    private static final Pattern SENDABLE = Pattern.compile("[ -~]+");

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final List<byte[]> fixed;
    private final Optional<Path> file;
    private volatile Contents contents = new Contents(null, List.of());
    private volatile boolean unreadable;

    /** The keys of a file, and when it was last changed. */
    private record Contents(FileTime changed, List<byte[]> digests) {}

    /**
     * @param keys separated by commas; blank for none
     * @param file one key a line; blank lines and lines that begin with # are ignored
     * @throws SettingException if the file cannot be read, a header cannot carry a key, or a setting has no key
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

    /** Returns whether no key is set: the service is open. */
    boolean isOpen() {
        return fixed.isEmpty() && file.isEmpty();
    }

    /** Returns whether a key is one of these. */
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

    /** Returns the keys of the file; while it cannot be read, its last keys. */
    private List<byte[]> inFile() {
        if (file.isEmpty()) {
            return List.of();
        }
        try {
            if (!Files.getLastModifiedTime(file.get()).equals(contents.changed())) {
                contents = read(file.get());
                unreadable = false;
                LOG.info("Read API keys: count={}", contents.digests().size());
            }
        } catch (IOException e) {
            if (!unreadable) { // once, not with every request
                unreadable = true;
                LOG.warn("Cannot read ram.api-key-file, its last keys stay valid: error={}", e.toString());
            }
        }
        return contents.digests();
    }

    private static Contents read(Path file) throws IOException {
        FileTime changed = Files.getLastModifiedTime(file); // first: a change during the reading is read next time
        // Comments may hold other encodings than UTF-8, keys may not.
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
            throw new IllegalStateException(e); // every Java has SHA-256
        }
    }
}
