package io.github.ram.scoring;

import static org.apache.spark.sql.functions.base64;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.to_json;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The folder of a score. A run writes beside it, {@code .NAME.APPLICATION.tmp}, and moves the whole folder into place
 * at its end. Then it writes the empty file {@code _SUCCESS}: where a move is no single step, as in object stores, this
 * file says that the folder is whole.
 */
final class Output {

    /** The kinds of file. */
    enum Format {
        PARQUET,
        /** With a header. Lists and structures are JSON, binary values are Base64. */
        CSV;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Path folder;
    private final FileSystem system;

    /**
     * @param name a path, as Hadoop's libraries take it
     * @throws ScoringException if the folder exists or its file system cannot be reached
     */
    Output(String name, Configuration configuration) {
        try {
            Path path = new Path(name);
            system = path.getFileSystem(configuration);
            folder = system.makeQualified(path);
            requireAbsent();
        } catch (IOException | IllegalArgumentException e) {
            throw unwritable(name, e);
        }
    }

    /**
     * Writes rows. What an interrupted run left behind is deleted first.
     *
     * @throws ScoringException if the folder exists or cannot be written
     */
    void write(Dataset<Row> rows, Format format) {
        String beginning = "." + folder.getName() + ".";
        Path temporary = new Path(
                folder.getParent(),
                beginning + rows.sparkSession().sparkContext().applicationId() + ".tmp");
        try {
            system.mkdirs(folder.getParent());
            for (FileStatus left : system.listStatus(
                    folder.getParent(),
                    path -> path.getName().startsWith(beginning)
                            && path.getName().endsWith(".tmp"))) {
                system.delete(left.getPath(), true);
            }
            try {
                (format == Format.CSV ? rows.select(flat(rows.schema())) : rows)
                        .write()
                        .format(format.toString())
                        .option("header", true)
                        .option("mapreduce.fileoutputcommitter.marksuccessfuljobs", false)
                        .save(temporary.toString());
                requireAbsent(); // a move into a folder that exists would succeed
                if (!system.rename(temporary, folder)) {
                    throw new IOException("the folder cannot be moved into place");
                }
                system.create(new Path(folder, "_SUCCESS"), false).close();
            } finally {
                system.delete(temporary, true);
            }
        } catch (IOException e) {
            throw unwritable(folder.toString(), e);
        }
    }

    private void requireAbsent() throws IOException {
        if (system.exists(folder)) {
            throw new ScoringException(folder + " exists: give another folder, or delete it");
        }
    }

    private static ScoringException unwritable(String name, Exception cause) {
        return new ScoringException(name + " cannot be written: " + cause.getMessage(), cause);
    }

    private static Column[] flat(StructType schema) {
        return Arrays.stream(schema.fields()).map(Output::flat).toArray(Column[]::new);
    }

    private static Column flat(StructField field) {
        Column column = col("`" + field.name() + "`");
        if (field.dataType() instanceof ArrayType
                || field.dataType() instanceof StructType
                || field.dataType() instanceof MapType) {
            return to_json(column).as(field.name());
        }
        return field.dataType() instanceof BinaryType ? base64(column).as(field.name()) : column;
    }
}
