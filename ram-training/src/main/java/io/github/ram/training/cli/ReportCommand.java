package io.github.ram.training.cli;

import io.github.ram.training.cli.option.DataOptions;
import io.github.ram.training.cli.option.JsonOption;
import io.github.ram.training.data.Contents;
import io.github.ram.training.data.Split;
import io.github.ram.training.data.source.DataSource;
import io.github.ram.training.run.ReportFiles;
import io.github.ram.training.run.RunState;
import io.github.ram.training.run.TrainingRun;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes the report of a run. */
@Command(
        name = "report",
        description = {
            "Writes the report of a run: DIR/report.html, which needs no other file, and its pictures in DIR/report.",
            "train writes the report at its end. This command writes it before that, or for other images."
        },
        sortOptions = false)
final class ReportCommand implements Callable<Integer> {

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder of the run.")
    private Path out;

    @Mixin
    private DataOptions data;

    @Option(
            names = "--split",
            paramLabel = "NAME",
            defaultValue = "validation",
            description = "Images to examine the best model with: validation, test or train. Default: validation.")
    private Split split;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() {
        RunState state = TrainingRun.state(out);
        DataSource source = DataSource.named(state.config().dataset());
        Path folder = data.isGiven() || state.data() == null ? data.directory(source) : Path.of(state.data());
        Path page = new ReportFiles(out)
                .write(
                        state.config(),
                        source.load(split, folder, Contents.of(state.config().model())));
        json.print(Map.of("report", page.toString()), page::toString);
        return 0;
    }
}
