package io.github.ram.training.cli;

import io.github.ram.model.Classifier;
import io.github.ram.model.EngineChoice;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.model.checkpoint.CheckpointException;
import io.github.ram.model.checkpoint.Provenance;
import io.github.ram.training.TrainingException;
import io.github.ram.training.cli.option.Failure;
import io.github.ram.training.cli.option.JsonOption;
import io.github.ram.training.data.Contents;
import io.github.ram.training.data.DataException;
import io.github.ram.training.data.Split;
import io.github.ram.training.data.source.DataSource;
import io.github.ram.training.loop.Evaluator;
import io.github.ram.training.loop.TrainingConfig;
import io.github.ram.training.run.RunLock;
import io.github.ram.training.run.StopSignal;
import io.github.ram.training.run.Sweep;
import io.github.ram.training.run.SweepResults;
import io.github.ram.training.run.TrainingRun;
import io.github.ram.training.run.TrainingSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains runs one after the other. */
@Command(
        name = "sweep",
        description = {
            "Trains runs that differ in seed and settings, one after the other, and prints a table of their errors.",
            "Each run has its own folder in DIR. The same command resumes a sweep that was stopped."
        },
        sortOptions = false)
final class SweepCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder of the runs' folders.")
    private Path out;

    @Option(
            names = "--seeds",
            paramLabel = "LIST",
            defaultValue = "1",
            description = "Seeds of each setting: 1,2,3 or 1-3. Default: 1.")
    private String seeds;

    @Option(
            names = "--vary",
            paramLabel = "NAME=LIST",
            description = "An option of train and its values: glimpses=2,4,6. Semicolons separate values that contain"
                    + " commas: 'start=0,0;learned'. Can be given several times.")
    private List<String> varied = new ArrayList<>();

    @Option(names = "--test", description = "Also count the errors of each run's best model on the test images.")
    private boolean test;

    @Mixin
    private JsonOption json;

    @Parameters(paramLabel = "-- TRAIN-OPTION", description = "Options of train for all runs, after --.")
    private List<String> common = new ArrayList<>();

    /** A run of the sweep. */
    private record Planned(Map<String, String> settings, long seed, Path folder, TrainCommand command) {}

    @Override
    public Integer call() {
        List<Planned> plan = plan();
        try {
            Files.createDirectories(out);
        } catch (IOException e) {
            throw new TrainingException(String.format(Locale.ROOT, "the folder %s cannot be made: %s", out, e), e);
        }
        List<SweepResults.Run> runs = new ArrayList<>();
        try (StopSignal stop = StopSignal.listen();
                RunLock lock = RunLock.of(out)) {
            for (Planned planned : plan) {
                System.err.println(planned.folder());
                runs.add(result(planned, stop));
                if (stop.isRequested()) {
                    System.err.println("stopped: run the same command again to continue in " + lock.directory());
                    return CommandLine.ExitCode.SOFTWARE; // not seen: the platform exits with the code of the signal
                }
            }
            SweepResults results = new SweepResults(runs);
            json.print(Map.of("runs", runs, "settings", results.summaries()), results::table);
        }
        boolean failed = runs.stream().anyMatch(run -> run.failure() != null);
        return failed ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
    }

    /** Returns all runs, after a check of their options: a wrong option ends the sweep before the first run. */
    private List<Planned> plan() {
        Sweep sweep = Failure.asUsage(spec, () -> Sweep.of(varied, seeds));
        List<Planned> plan = new ArrayList<>();
        for (Map<String, String> setting : sweep.settings()) {
            for (long seed : sweep.seeds()) {
                Path folder = Sweep.folder(out, setting, seed);
                plan.add(new Planned(new LinkedHashMap<>(setting), seed, folder, command(setting, seed, folder)));
            }
        }
        return plan;
    }

    private TrainCommand command(Map<String, String> setting, long seed, Path folder) {
        List<String> options = new ArrayList<>(common);
        setting.forEach((name, value) -> options.addAll(List.of("--" + name, value)));
        options.addAll(List.of("--seed", Long.toString(seed)));
        TrainCommand command;
        try {
            command = TrainCommand.parsed(folder, options);
        } catch (CommandLine.ParameterException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), Failure.describe(e), e);
        }
        Failure.asUsage(spec, command::config);
        return command;
    }

    /** Trains a run, resumes it, or finds it complete. A failure of one run does not end the others. */
    private SweepResults.Run result(Planned planned, StopSignal stop) {
        try {
            try (TrainingRun run = planned.command().open()) {
                if (!run.progress().isOver(run.config().schedule())) {
                    new TrainingSession(planned.folder(), stop::isRequested).train(run);
                }
                if (stop.isRequested()) {
                    return failed(planned, "stopped");
                }
                Checkpoint best = Checkpoint.load(run.best());
                Provenance provenance = best.manifest().provenance();
                Double tested = test ? testErrorPercent(run, best) : null;
                return new SweepResults.Run(
                        planned.settings(),
                        planned.seed(),
                        provenance.epoch(),
                        provenance.validationErrorPercent(),
                        tested,
                        null);
            }
        } catch (TrainingException | CheckpointException | DataException e) {
            System.err.println("error: " + Failure.describe(e));
            return failed(planned, Failure.describe(e));
        }
    }

    private static SweepResults.Run failed(Planned planned, String why) {
        return new SweepResults.Run(planned.settings(), planned.seed(), null, null, null, why);
    }

    private static double testErrorPercent(TrainingRun run, Checkpoint best) {
        TrainingConfig config = run.config();
        DataSource source = DataSource.named(config.dataset());
        try (Classifier classifier = best.classifier(EngineChoice.AUTO, Evaluator.BATCH)) {
            return new Evaluator(best.model(), 1, config.optimisation().threads())
                    .evaluate(classifier, source.load(Split.TEST, run.data(), Contents.of(best.manifest())))
                    .errorPercent();
        }
    }
}
