package io.github.ram.scoring;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.model.image.digit.PreprocessingMode;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Scores a column of pictures.
 *
 * <p>The column's type says what its values are:
 *
 * <ul>
 *   <li>binary: encoded pictures (PNG, JPEG, BMP, GIF, WebP), or with {@link #pixels} one unsigned byte for each pixel;
 *   <li>array of numbers, or of arrays of numbers: pixels from 0 to 255;
 *   <li>string: paths of picture files, as Hadoop's libraries take them.
 * </ul>
 *
 * Pixels have the model's own shape, row by row, with the channels of a pixel side by side.
 *
 * <p>A score has these columns: {@code class} (index, from 0), {@code label}, {@code confidence}, {@code probabilities},
 * {@code glimpses}, {@code model} (name and version) and {@code error}. A picture that cannot be read has the reason in
 * {@code error}, and null in the columns before {@code model}.
 */
public final class RamScoring {

    private static final String PICTURE = "__picture";

    private final Checkpoint checkpoint;
    private final int rollouts;
    private final PreprocessingMode mode;
    private final boolean pixels;
    private final ScoringModel model;

    private RamScoring(Checkpoint checkpoint, int rollouts, PreprocessingMode mode, boolean pixels) {
        this.checkpoint = checkpoint;
        this.rollouts = rollouts;
        this.mode = mode;
        this.pixels = pixels;
        this.model = new ScoringModel(checkpoint, rollouts, mode, pixels);
    }

    /** Returns the scoring of a model: one rollout, {@link PreprocessingMode#AUTO}. */
    public static RamScoring of(Checkpoint checkpoint) {
        return new RamScoring(checkpoint, 1, PreprocessingMode.AUTO, false);
    }

    /**
     * Returns the scoring of a model: one rollout, {@link PreprocessingMode#AUTO}.
     *
     * @param checkpoint file on the driver, or the name of a bundled model
     * @throws io.github.ram.model.checkpoint.CheckpointException if it cannot be read
     */
    public static RamScoring of(String checkpoint) {
        return of(Checkpoint.named(checkpoint));
    }

    /**
     * Returns this scoring with another number of rollouts.
     *
     * @throws IllegalArgumentException if the number is not in [1, 1000]
     */
    public RamScoring rollouts(int count) {
        return new RamScoring(checkpoint, count, mode, pixels);
    }

    /**
     * Returns this scoring with another way of making pictures into the model's input.
     *
     * @throws IllegalArgumentException if the way does not fit the model
     */
    public RamScoring preprocess(PreprocessingMode way) {
        return new RamScoring(checkpoint, rollouts, way, pixels);
    }

    /** Returns this scoring with binary values as pixels, one unsigned byte each. */
    public RamScoring pixels() {
        return new RamScoring(checkpoint, rollouts, mode, true);
    }

    /**
     * Adds the columns of the score to a dataset. The pictures' column goes, unless it holds paths. A column whose name
     * is also one of the score's is renamed: {@code label} becomes {@code input_label}.
     *
     * @param column the pictures' column, such as {@code image}, or a field of one, such as {@code image.bytes}
     * @throws IllegalArgumentException if the column has another type, or if a setting is wrong
     */
    public Dataset<Row> score(Dataset<Row> rows, String column) {
        boolean paths = type(rows, column) instanceof StringType;
        String[] keys = Arrays.stream(rows.columns())
                .filter(name -> paths || !name.equals(column.split("\\.")[0]))
                .toArray(String[]::new);
        return score(rows, column, keys);
    }

    /**
     * Returns some of a dataset's columns and those of the score.
     *
     * @param column as {@link #score(Dataset, String)} takes it
     * @param keys the columns to keep; they are renamed as {@link #score(Dataset, String)} says
     * @throws IllegalArgumentException if the pictures' column has another type, or if a setting is wrong
     */
    public Dataset<Row> score(Dataset<Row> rows, String column, String... keys) {
        requirePictures(column, type(rows, column));
        Set<String> taken = new HashSet<>(Set.of(ScoreColumns.ALL.fieldNames()));
        Column[] kept = Arrays.stream(keys)
                .map(key -> {
                    String name = key.substring(key.lastIndexOf('.') + 1);
                    return col(key).as(taken.add(name) ? name : "input_" + name);
                })
                .toArray(Column[]::new);
        Dataset<Row> keyed = rows.select(kept);
        StructType schema = new StructType(Stream.of(keyed.schema().fields(), ScoreColumns.ALL.fields())
                .flatMap(Arrays::stream)
                .toArray(StructField[]::new));
        SparkSession spark = rows.sparkSession();
        return rows.select(
                        Stream.concat(Arrays.stream(kept), Stream.of(col(column).as(PICTURE)))
                                .toArray(Column[]::new))
                .mapPartitions(new ScorePartition(broadcast(spark), files(spark)), Encoders.row(schema));
    }

    /**
     * Registers a function for SQL, such as {@code ram_predict(image)}. It takes one value of a column of pictures, and
     * returns a structure of the score's columns.
     *
     * <p>{@link #score} is faster for models that take pictures in batches, such as residual networks.
     */
    public void register(SparkSession spark, String name) {
        // Spark copies a deterministic call into each place that uses a field of its result.
        spark.udf()
                .register(
                        name,
                        udf(new PredictFunction(broadcast(spark), files(spark)), ScoreColumns.ALL)
                                .asNondeterministic());
    }

    private static DataType type(Dataset<Row> rows, String column) {
        return rows.select(col(column)).schema().fields()[0].dataType();
    }

    private static void requirePictures(String column, DataType type) {
        boolean pictures = type instanceof BinaryType || type instanceof StringType || isPixels(type);
        if (!pictures) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "the column %s must hold pictures (binary), pixels (array of numbers) or paths (string), got %s",
                    column,
                    type.simpleString()));
        }
    }

    private static boolean isPixels(DataType type) {
        return type instanceof ArrayType array
                && (array.elementType() instanceof NumericType || isPixels(array.elementType()));
    }

    private Broadcast<ScoringModel> broadcast(SparkSession spark) {
        return JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(model);
    }

    private static Broadcast<SerializableConfiguration> files(SparkSession spark) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        return context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
    }
}
