package io.github.ram.scoring;

import io.github.ram.model.checkpoint.BundledModel;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.model.checkpoint.CheckpointException;
import io.github.ram.model.image.digit.PreprocessingMode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** The command, public for {@code spark-submit}. Without a master, which {@code spark-submit} gives, Spark runs in this process on all cores. */
@Command(
        name = "ram-scoring",
        description = "Scores pictures in bulk on Apache Spark, and writes a table: class, label, confidence,"
                + " probabilities, glimpses, model, and for what cannot be read the error.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class Main implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--input",
            paramLabel = "PATH",
            required = true,
            arity = "1..*",
            description =
                    "Folders or files: pictures (PNG, JPEG, BMP, GIF, WebP), also in folders within folders, or Parquet.")
    private List<String> input;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            required = true,
            description = "Folder of the table, which must not exist. It appears when the table is whole.")
    private String output;

    @Option(
            names = "--checkpoint",
            paramLabel = "CHECKPOINT",
            defaultValue = BundledModel.DEFAULT,
            description = "File of the model, or the name of a bundled model. Default: ${DEFAULT-VALUE}.")
    private String checkpoint;

    @Option(
            names = "--rollouts",
            paramLabel = "M",
            defaultValue = "1",
            description =
                    "Rollouts per picture: one greedy, the others sampled. Their class probabilities are averaged."
                            + " Default: ${DEFAULT-VALUE}.")
    private int rollouts;

    @Option(
            names = "--preprocess",
            paramLabel = "WAY",
            defaultValue = "auto",
            description = "How pictures are made into the model's input: auto, mnist, crop or none, as in predict."
                    + " Default: ${DEFAULT-VALUE}.")
    private PreprocessingMode preprocess;

    @Option(
            names = "--image",
            paramLabel = "COLUMN",
            defaultValue = "image",
            description = "Parquet: column of the pictures, such as image.bytes. Binary values are picture files,"
                    + " arrays are pixels, strings are paths. Default: ${DEFAULT-VALUE}.")
    private String image;

    @Option(names = "--pixels", description = "Parquet: binary values are pixels in the model's shape, one byte each.")
    private boolean pixels;

    @Option(
            names = "--keys",
            paramLabel = "COLUMN",
            split = ",",
            description = "Parquet: columns to keep, separated by commas. Default: all but the pictures'.")
    private List<String> keys;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "0",
            description = "Share the rows among N tasks first, for Parquet with few row groups. Default: do not.")
    private int partitions;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "parquet",
            description = "Format of the table: parquet or csv. Default: ${DEFAULT-VALUE}.")
    private Output.Format format;

    @Option(names = "--json", description = "Print the result as one JSON object, on the last line.")
    private boolean json;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /**
     * Runs the command.
     *
     * @return 0 on success, also if some pictures cannot be read; 1 if the job failed; 2 if its arguments are wrong
     */
    static int run(String... arguments) {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUnmatchedOptionsAllowedAsOptionParameters(false) // a misspelt option is no value of the one before
                .setParameterExceptionHandler(Main::rejectArguments)
                .setExecutionExceptionHandler((exception, commandLine, parse) -> {
                    commandLine.getErr().println("error: " + describe(exception));
                    return CommandLine.ExitCode.SOFTWARE;
                })
                .execute(arguments);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Checkpoint model = Checkpoint.named(checkpoint);
        RamScoring scoring;
        try {
            scoring = RamScoring.of(model).rollouts(rollouts).preprocess(preprocess);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        ScoringJob job = new ScoringJob(input, image, keys, partitions, output, format);
        try (SparkSession spark = Session.start()) {
            Progress progress = new Progress(System.err, System.console() != null);
            spark.sparkContext().addSparkListener(progress);
            ScoringJob.Summary summary = job.run(spark, pixels ? scoring.pixels() : scoring);
            progress.end();
            print(model, summary);
        }
        return CommandLine.ExitCode.OK;
    }

    private void print(Checkpoint model, ScoringJob.Summary summary) {
        if (json) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("images", summary.images());
            result.put("unread", summary.unread());
            result.put("imagesPerSecond", summary.imagesPerSecond());
            result.put("model", model.toString());
            result.put("output", output);
            System.out.println(JsonMapper.shared().writeValueAsString(result));
            return;
        }
        System.out.printf(
                Locale.ROOT,
                "%s: %,d pictures in %.1f s (%,d/s), %,d cannot be read%n",
                output,
                summary.images(),
                summary.seconds(),
                summary.imagesPerSecond(),
                summary.unread());
    }

    private static int rejectArguments(ParameterException exception, String[] arguments) {
        exception.getCommandLine().getErr().printf(Locale.ROOT, "error: %s; see --help%n", exception.getMessage());
        return CommandLine.ExitCode.USAGE;
    }

    /** Describes a failure in one line: of Spark's nested failures the innermost. */
    private static String describe(Exception failure) {
        Throwable cause = failure;
        while (!isOurs(cause) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = isOurs(cause) && cause.getMessage() != null ? cause.getMessage() : cause.toString();
        return message.lines().findFirst().orElse("");
    }

    private static boolean isOurs(Throwable failure) {
        return failure instanceof ScoringException
                || failure instanceof CheckpointException
                || failure instanceof IllegalArgumentException;
    }
}
