package io.github.ram.training.data.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Finds the directory that holds a data set's files. */
public final class DataDirectory {

    /** The environment variable that names the data directory. */
    public static final String VARIABLE = "RAM_DATA_DIR";

    private DataDirectory() {}

    /**
     * The directory of a data set's files: in the one given, else in the one {@value #VARIABLE} names, a sub-folder
     * named after the files if there is one, otherwise that directory itself; with neither,
     * {@code HOME/.cache/ram/NAME}, where data sets made of the same files share a name. The directory need not exist: loading says so, downloading creates it.
     *
     * @param given the directory the user gave, or null
     * @param environment the environment variables, {@link System#getenv()}
     * @param home the user's home directory, where the cache lies
     */
    public static Path resolve(DataSource source, Path given, Map<String, String> environment, Path home) {
        if (given != null) {
            return within(given, source);
        }
        String variable = environment.getOrDefault(VARIABLE, "");
        if (!variable.isBlank()) {
            return within(Path.of(variable), source);
        }
        return home.resolve(".cache").resolve("ram").resolve(source.folders().get(0));
    }

    private static Path within(Path directory, DataSource source) {
        return source.folders().stream()
                .map(directory::resolve)
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(directory);
    }
}
