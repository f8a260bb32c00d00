package io.github.ram.training.cli;

import io.github.ram.training.data.DataDirectory;
import io.github.ram.training.data.DataSource;
import io.github.ram.training.data.DatasetDownload;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a data set's files are, and whether to fetch them. */
final class DataOptions {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of the data set's files. Default: the environment variable " + DataDirectory.VARIABLE
                    + ", then ~/.cache/ram/NAME.")
    private Path data;

    @Option(names = "--download", description = "Fetch the data set's files first, if they are not there.")
    private boolean download;

    /** Whether the user said where the files are, or that they are to be fetched. */
    boolean isGiven() {
        return data != null || download;
    }

    /** The folder, or null for a data set that is not read from files; downloads into it if asked to. */
    Path directory(DataSource source) {
        if (!source.readsFiles()) {
            return null;
        }
        Path directory = DataDirectory.resolve(source, data, System.getenv(), Path.of(System.getProperty("user.home")));
        if (download) {
            new DatasetDownload(source).into(directory, uri -> System.err.println("fetching " + uri));
        }
        return directory;
    }
}
