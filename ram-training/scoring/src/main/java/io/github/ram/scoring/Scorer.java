package io.github.ram.scoring;

import io.github.ram.model.Classifier;
import io.github.ram.model.ModelSpec;
import io.github.ram.model.Prediction;
import io.github.ram.model.Query;
import io.github.ram.model.image.decode.ImageException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import scala.collection.Seq;

/** Scores the pictures of one task. Only one thread may use a scorer at a time. */
final class Scorer implements AutoCloseable {

    private final ScoringModel model;
    private final ModelSpec spec;
    private final Configuration files;
    private final Classifier classifier;
    private final long memory;

    /**
     * Returns a scorer that is closed when this thread's Spark task ends. Outside a task it stays open.
     *
     * @param files how files are reached, as Hadoop's libraries take it
     */
    static Scorer ofTask(ScoringModel model, Configuration files) {
        Scorer scorer = new Scorer(model, files);
        TaskContext task = TaskContext.get();
        if (task != null) {
            task.addTaskCompletionListener((TaskCompletionListener) ended -> scorer.close());
        }
        return scorer;
    }

    private Scorer(ScoringModel model, Configuration files) {
        this.model = model;
        this.spec = model.checkpoint().model();
        this.files = files;
        this.classifier = model.classifier();
        int tasks = Runtime.getRuntime().availableProcessors();
        int most = SparkEnv.get() == null ? tasks : SparkEnv.get().conf().getInt("spark.executor.cores", tasks);
        this.memory = Runtime.getRuntime().maxMemory() / 2 / Math.max(1, most);
    }

    /**
     * What came of one picture: either is null.
     *
     * @param error why there is no prediction, in one line
     */
    record Outcome(Prediction prediction, String error) {}

    /**
     * Scores pictures.
     *
     * @param pictures at most {@link ScoringModel#BATCH} values of {@link RamScoring}'s types
     * @return one outcome for each, in order
     */
    List<Outcome> score(List<?> pictures) {
        List<Query> queries = new ArrayList<>(pictures.size());
        List<String> errors = new ArrayList<>(pictures.size());
        for (Object picture : pictures) {
            String error = null;
            try {
                queries.add(spec.query(input(picture), model.rollouts()));
            } catch (ImageException | IOException | IllegalArgumentException e) {
                error = e.getMessage() == null
                        ? e.toString()
                        : e.getMessage().lines().findFirst().orElse("");
            }
            errors.add(error);
        }
        List<Prediction> predictions = classifier.predict(queries);
        List<Outcome> outcomes = new ArrayList<>(pictures.size());
        int next = 0;
        for (String error : errors) {
            outcomes.add(new Outcome(error == null ? predictions.get(next++) : null, error));
        }
        return outcomes;
    }

    private byte[] input(Object picture) throws ImageException, IOException {
        if (picture == null) {
            throw new IllegalArgumentException("the picture is null");
        }
        if (picture instanceof String path) {
            return decode(read(path));
        }
        if (picture instanceof Seq<?> numbers) {
            return prepare(new Pixels(spec.image().size()).addAll(numbers));
        }
        byte[] bytes = (byte[]) picture;
        return model.pixels() ? prepare(new Pixels(spec.image().size()).addAll(bytes)) : decode(bytes);
    }

    private byte[] prepare(Pixels pixels) throws ImageException {
        return model.preprocessor()
                .preparePixels(pixels.complete(spec.image()), model.mode())
                .pixels();
    }

    /** Decodes a picture that leaves room for those of the other tasks: one without would end the whole process. */
    private byte[] decode(byte[] file) throws ImageException {
        long needed = model.preprocessor().memoryToDecode(file);
        if (needed > memory) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "the picture needs %d MiB to be decoded, a task has %d MiB: give the executors more memory",
                    needed >> 20,
                    memory >> 20));
        }
        return model.preprocessor().prepare(file, model.mode()).pixels();
    }

    private byte[] read(String name) throws IOException {
        Path path = new Path(name);
        try (InputStream in = path.getFileSystem(files).open(path)) {
            return in.readAllBytes();
        } catch (FileNotFoundException e) {
            throw new IOException(name + " cannot be read: it does not exist, or permission is denied", e);
        }
    }

    @Override
    public void close() {
        classifier.close();
    }
}
