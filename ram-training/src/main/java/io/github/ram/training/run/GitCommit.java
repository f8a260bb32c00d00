package io.github.ram.training.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The commit that this program was built from, as the build recorded it. */
public final class GitCommit {

    private GitCommit() {}

    /** Returns the commit's id, followed by {@code -dirty} if there were changes; null if the build had no repository. */
    public static String id() {
        try (InputStream in = GitCommit.class.getResourceAsStream("/git.properties")) {
            if (in == null) {
                return null;
            }
            Properties properties = new Properties();
            properties.load(in);
            String id = properties.getProperty("git.commit.id");
            return id == null || !"true".equals(properties.getProperty("git.dirty")) ? id : id + "-dirty";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
