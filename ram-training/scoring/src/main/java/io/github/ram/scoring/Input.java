package io.github.ram.scoring;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What the command reads: picture files, or Parquet. Files whose names begin with _ or . are ignored, as Spark does. */
enum Input {
    /** Every file, also in folders within folders. A row is the path of one. */
    PICTURES,

    PARQUET;

    /** The column of a picture file's path. */
    static final String PATH = "path";

    /**
     * Finds out what is in files and folders, by the name of the first file of each.
     *
     * @throws ScoringException if a path does not exist or holds no file, or if the paths hold both kinds
     */
    static Input of(List<String> paths, Configuration configuration) {
        Map<Input, String> found = new LinkedHashMap<>();
        for (String path : paths) {
            found.put(first(path, configuration).getName().endsWith(".parquet") ? PARQUET : PICTURES, path);
        }
        if (found.size() > 1) {
            throw new ScoringException(String.format(
                    Locale.ROOT,
                    "%s holds Parquet and %s does not: score them one after the other",
                    found.get(PARQUET),
                    found.get(PICTURES)));
        }
        return found.keySet().iterator().next();
    }

    private static Path first(String name, Configuration configuration) {
        try {
            Path path = new Path(name);
            FileSystem system = path.getFileSystem(configuration);
            FileStatus[] matches = system.globStatus(path);
            if (matches == null || matches.length == 0) {
                throw new ScoringException(name + ": there is no such file or folder");
            }
            for (FileStatus match : matches) {
                RemoteIterator<LocatedFileStatus> files = system.listFiles(match.getPath(), true);
                while (files.hasNext()) {
                    Path file = files.next().getPath();
                    if (!isHidden(file, match.getPath())) {
                        return file;
                    }
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new ScoringException(name + " cannot be read: " + e.getMessage(), e);
        }
        throw new ScoringException(name + " holds no files");
    }

    private static boolean isHidden(Path file, Path root) {
        for (Path part = file; part != null && !part.equals(root); part = part.getParent()) {
            if (part.getName().startsWith("_") || part.getName().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    /** Opens the files. No picture is read yet. */
    Dataset<Row> rows(SparkSession spark, List<String> paths) {
        String[] all = paths.toArray(String[]::new);
        if (this == PARQUET) {
            return spark.read().parquet(all);
        }
        // The source reads the contents only if they are asked for. A task of ours reads them: one file that cannot be
        // read then fails alone.
        return spark.read()
                .format("binaryFile")
                .option("recursiveFileLookup", true)
                .load(all)
                .select(PATH);
    }
}
