package io.github.ram.scoring;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Reads pictures, scores them and writes a table.
 *
 * @param input files and folders, as Hadoop's libraries take them
 * @param column the pictures' column of Parquet
 * @param keys columns to keep; null for all but the pictures'
 * @param partitions tasks to share the rows among, or 0 for those that the files give
 */
record ScoringJob(
        List<String> input, String column, List<String> keys, int partitions, String output, Output.Format format) {

    /**
     * What a job did.
     *
     * @param images pictures that were scored or could not be read
     * @param unread pictures that could not be read
     */
    record Summary(long images, long unread, double seconds) {

        long imagesPerSecond() {
            return Math.round(images / seconds);
        }
    }

    /**
     * Does the job.
     *
     * @throws ScoringException if the input cannot be read or the output cannot be written
     */
    Summary run(SparkSession spark, RamScoring scoring) throws InterruptedException {
        long begin = System.nanoTime();
        Configuration configuration = spark.sparkContext().hadoopConfiguration();
        Output folder = new Output(output, configuration);
        Input kind = Input.of(input, configuration);
        Dataset<Row> rows = kind.rows(spark, input);
        String pictures = kind == Input.PICTURES ? Input.PATH : column;
        for (String name : keys == null ? List.of(pictures) : concat(keys, pictures)) {
            require(rows, name);
        }
        if (partitions > 0) {
            rows = rows.repartition(partitions);
        }
        Dataset<Row> scores = keys == null
                ? scoring.score(rows, pictures)
                : scoring.score(rows, pictures, keys.toArray(String[]::new));
        Observation counts = new Observation("counts");
        folder.write(
                scores.observe(
                        counts,
                        count(lit(1)).as("images"),
                        count(col(ScoreColumns.ERROR)).as("unread")),
                format);
        Map<String, Object> counted = counts.getAsJava();
        return new Summary(
                (long) counted.get("images"), (long) counted.get("unread"), (System.nanoTime() - begin) / 1e9);
    }

    private static List<String> concat(List<String> keys, String column) {
        return Stream.concat(keys.stream(), Stream.of(column)).toList();
    }

    private static void require(Dataset<Row> rows, String column) {
        try {
            rows.select(col(column));
        } catch (Exception e) {
            throw new ScoringException(
                    String.format(
                            Locale.ROOT,
                            "the input has no column %s; its columns: %s",
                            column,
                            Arrays.toString(rows.columns())),
                    e);
        }
    }
}
