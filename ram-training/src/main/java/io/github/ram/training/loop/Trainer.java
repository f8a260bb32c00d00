package io.github.ram.training.loop;

import io.github.ram.model.Classifier;
import io.github.ram.model.EngineChoice;
import io.github.ram.model.LossTerms;
import io.github.ram.model.ModelSpec;
import io.github.ram.model.ModelWeights;
import io.github.ram.model.Parameters;
import io.github.ram.training.TrainingException;
import io.github.ram.training.data.Dataset;
import io.github.ram.training.loop.optimizer.Schedule;
import io.github.ram.training.run.TrainingRun;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * The training loop: epochs of steps, each followed by a greedy evaluation on the validation images, the
 * schedules, and the checkpoints. The test images are never looked at.
 */
public final class Trainer {

    private final TrainingRun run;
    private final Dataset training;
    private final Dataset validation;
    private final TrainingConfig config;
    private final TrainingListener listener;
    private final BooleanSupplier stop;

    /**
     * @param run the run and its folder
     * @param training the images to learn from
     * @param validation the images that choose the best epoch
     * @param listener receives the progress
     * @param stop asked after every step whether to stop there
     */
    public Trainer(
            TrainingRun run, Dataset training, Dataset validation, TrainingListener listener, BooleanSupplier stop) {
        this.run = run;
        this.training = training;
        this.validation = validation;
        this.config = run.config();
        this.listener = listener;
        this.stop = stop;
    }

    /**
     * The result of a run.
     *
     * @param epochs that are complete
     * @param imagesPerSecond trained in this process, or 0 if none were
     * @param validationErrorPercent of the best epoch, or 100 if there is none
     * @param checkpoint of the best epoch
     * @param isOver whether it was trained to its end, not stopped before
     */
    public record Result(
            int epochs, double imagesPerSecond, double validationErrorPercent, Path checkpoint, boolean isOver) {}

    /** Trains from where the run stands to its end, or until it is stopped. */
    public Result train() {
        Parameters parameters = run.parameters();
        Schedule schedule = config.schedule();
        double seconds = 0;
        long images = 0;
        try (Learner learner = new Learner(config, parameters)) {
            run.restore(learner);
            Progress progress = run.progress();
            PartialEpoch before = run.partial();
            ModelSpec model = run.model();
            if (run.isNew()) {
                run.save(model, learner, progress, before);
            }
            try (Classifier averaged = classifier(model, learner)) {
                listener.begins(steps(progress.epoch(), before), progress.epoch(), model, averaged);
            }
            while (!progress.isOver(schedule)) {
                int epoch = progress.epoch() + 1;
                PartialEpoch trained = train(learner, epoch, before);
                seconds += trained.seconds() - before.seconds();
                images += trained.images() - before.images();
                requireFinite(parameters, epoch);
                if (trained.images() < training.size() || stop.getAsBoolean()) {
                    run.save(model, learner, progress, trained);
                    break;
                }
                Parameters average = learner.average().parameters();
                model = config.model().settled(average, new ValidationJudge(validation, average, threads()));
                EpochReport done = evaluated(model, learner, epoch, trained);
                progress = progress.next(done.validation().errors());
                run.save(model, learner, progress, done);
                listener.saved(done);
                before = PartialEpoch.NONE;
            }
            boolean tested = progress.bestEpoch() > 0;
            double percent = tested ? 100.0 * progress.bestErrors() / validation.size() : 100;
            double speed = images == 0 ? 0 : images / seconds;
            return new Result(progress.epoch(), speed, percent, run.best(), progress.isOver(schedule));
        }
    }

    private EpochReport evaluated(ModelSpec model, Learner learner, int epoch, PartialEpoch trained) {
        try (Classifier averaged = classifier(model, learner)) {
            Evaluator.Result result = new Evaluator(model, 1, threads()).evaluate(averaged, validation);
            double rate = config.schedule().learningRate(epoch - 1);
            EpochReport done =
                    new EpochReport(epoch, rate, trained.terms(), result, training.size() / trained.seconds());
            listener.evaluated(done, steps(epoch, PartialEpoch.NONE), model, averaged);
            return done;
        }
    }

    /** Classifies by the average of the weights. */
    private static Classifier classifier(ModelSpec model, Learner learner) {
        ModelWeights weights = ModelWeights.of(model, learner.average().parameters());
        return model.classifier(EngineChoice.AUTO, weights, Evaluator.BATCH);
    }

    private int threads() {
        return config.optimisation().threads();
    }

    /** Steps of the whole run that were taken after complete epochs and some of the next. */
    private long steps(int epochs, PartialEpoch partial) {
        int batchSize = Math.min(config.optimisation().batchSize(), training.size());
        return (long) epochs * ((training.size() + batchSize - 1) / batchSize) + partial.steps();
    }

    /** Takes the steps of an epoch that are left, until the run is to stop. */
    private PartialEpoch train(Learner learner, int epoch, PartialEpoch before) {
        Dataset images =
                training.redrawn(RandomStream.IMAGES.at(config.seed(), epoch).nextLong());
        int size = training.size();
        int batchSize = Math.min(config.optimisation().batchSize(), size);
        int[] order = shuffled(size, RandomStream.ORDER.at(config.seed(), epoch));
        PartialEpoch trained = before;
        try (StepBar bar = StepBar.of("epoch " + epoch, size)) {
            bar.advance(before.images());
            while (trained.images() < size && !stop.getAsBoolean()) {
                long begin = System.nanoTime();
                int from = trained.images();
                int step = trained.steps() + 1;
                int[] batch = Arrays.copyOfRange(order, from, Math.min(size, from + batchSize));
                SplittableRandom noise = RandomStream.NOISE.at(config.seed(), epoch, step);
                double learningRate = config.schedule().learningRate(epoch - 1 + (double) from / size);
                LossTerms terms = learner.step(images, batch, noise, learningRate);
                requireFinite(terms, epoch, step);
                long number = steps(epoch - 1, trained) + 1;
                listener.stepped(new StepReport(number, terms, learner.norms(), learningRate));
                trained = trained.plus(batch.length, terms, size, (System.nanoTime() - begin) / 1e9);
                bar.advance(batch.length);
            }
        }
        return trained;
    }

    /** Stops a run whose loss is no longer a number. */
    private static void requireFinite(LossTerms terms, int epoch, int step) {
        // The whole loss is the last to be named: a part of it says more.
        terms.values().entrySet().stream()
                .filter(term -> !Double.isFinite(term.getValue()))
                .reduce((first, second) -> first.getKey().equals(LossTerms.LOSS) ? second : first)
                .ifPresent(term -> {
                    throw new TrainingException(String.format(
                            Locale.ROOT,
                            "training diverged: %s is %s in epoch %d, step %d; start again with a smaller --learning-rate",
                            term.getKey(),
                            term.getValue(),
                            epoch,
                            step));
                });
    }

    /** The last step of an epoch may have spoilt the weights, which no loss shows before the next one. */
    private static void requireFinite(Parameters parameters, int epoch) {
        parameters.arrays().forEach((name, array) -> {
            if (!Double.isFinite(array.norm1Number().doubleValue())) {
                throw new TrainingException(String.format(
                        Locale.ROOT,
                        "training diverged: %s is no longer finite after epoch %d; start again with a smaller --learning-rate",
                        name,
                        epoch));
            }
        });
    }

    private static int[] shuffled(int size, SplittableRandom random) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) { // Fisher and Yates, from the inside out
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
