package io.github.ram.training.run;

import io.github.ram.training.data.Contents;
import io.github.ram.training.data.Dataset;
import io.github.ram.training.data.Split;
import io.github.ram.training.data.source.DataSource;
import io.github.ram.training.loop.Trainer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/**
 * Trains a run with its data and its records, and writes the report at the end.
 *
 * @param directory of the run
 * @param stop whether to stop; asked after every step
 */
public record TrainingSession(Path directory, BooleanSupplier stop) {

    /** Trains a run to its end, or until a stop is requested. */
    public Trainer.Result train(TrainingRun run) {
        DataSource source = DataSource.named(run.config().dataset());
        Contents contents = Contents.of(run.config().model());
        Dataset training = source.load(Split.TRAIN, run.data(), contents);
        Dataset validation = source.load(Split.VALIDATION, run.data(), contents);
        Trainer.Result result;
        try (RunRecorder recorder = new RunRecorder(directory, validation)) {
            result = new Trainer(run, training, validation, recorder, stop).train();
        }
        if (result.isOver()) {
            System.err.println("report: " + new ReportFiles(directory).write(run.config(), validation));
        } else {
            System.err.printf(
                    Locale.ROOT,
                    "stopped in epoch %d: resume with train --resume --out %s%n",
                    result.epochs() + 1,
                    directory);
        }
        return result;
    }
}
