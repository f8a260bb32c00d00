package io.github.ram.training.cli.option;

import io.github.ram.training.data.source.DataDirectory;
import io.github.ram.training.data.source.DataSource;
import io.github.ram.training.data.source.DatasetDownload;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options for a data set's files. */
public final class DataOptions {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of the data set's files. Default: the environment variable " + DataDirectory.VARIABLE
                    + ", then ~/.cache/ram/NAME.")
    private Path data;

    @Option(names = "--download", description = "Download the data set's files first, if they are missing.")
    private boolean download;

    /** Whether the user named the folder, or asked to download the files. */
    public boolean isGiven() {
        return data != null || download;
    }

    /** Returns the folder, after a download if the user asked for it; null for a data set without files. */
    public Path directory(DataSource source) {
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
