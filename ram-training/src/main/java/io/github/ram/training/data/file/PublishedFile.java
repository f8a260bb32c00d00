package io.github.ram.training.data.file;

import io.github.ram.training.data.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** A file of a published data set, and how to know it. */
public sealed interface PublishedFile {

    /** The name at the mirrors, which a download keeps. */
    String name();

    /** The published MD5, in lower-case hexadecimal. */
    String md5();

    /** The file in a directory, under any of the names that it goes by. */
    Optional<Path> in(Path directory);

    /** Whether a directory holds what the file unpacks to, for which no checksum is published. */
    boolean isUnpackedIn(Path directory);

    /**
     * Returns the MD5 of a file, to compare with the published one.
     *
     * @throws DataException if the file cannot be read
     */
    String md5(Path file);

    /** One of the four files of MNIST's layout. The MD5 is that of the uncompressed bytes. */
    record Idx(IdxName idx, String md5) implements PublishedFile {

        @Override
        public String name() {
            return idx.published() + ".gz";
        }

        @Override
        public Optional<Path> in(Path directory) {
            return idx.in(directory);
        }

        @Override
        public boolean isUnpackedIn(Path directory) {
            return false;
        }

        @Override
        public String md5(Path file) {
            return IdxFile.md5(file);
        }
    }

    /**
     * An archive of files. The MD5 is that of the archive.
     *
     * @param folder that the archive holds
     * @param member a file in this folder
     */
    record Archive(String name, String folder, String member, String md5) implements PublishedFile {

        @Override
        public Optional<Path> in(Path directory) {
            return Optional.of(directory.resolve(name)).filter(Files::isRegularFile);
        }

        @Override
        public boolean isUnpackedIn(Path directory) {
            return Files.isRegularFile(directory.resolve(member))
                    || Files.isRegularFile(directory.resolve(folder).resolve(member));
        }

        @Override
        public String md5(Path file) {
            try (InputStream bytes = Files.newInputStream(file)) {
                return digest(bytes);
            } catch (IOException e) {
                throw new DataException(String.format(Locale.ROOT, "%s cannot be read: %s", file, e), e);
            }
        }
    }

    /** Returns the MD5 of all bytes, in lower-case hexadecimal. */
    static String digest(InputStream bytes) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            bytes.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}
