package io.github.ram.training.cli;

import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.training.cli.option.CheckpointOption;
import io.github.ram.training.cli.option.JsonOption;
import io.github.ram.training.npz.ArrayLayout;
import io.github.ram.training.npz.WeightArchive;
import io.github.ram.training.run.OutputFile;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes a model for other programs. */
@Command(
        name = "export",
        description = {
            "Writes a model for other programs: its weights as a NumPy archive, or its forward pass as ONNX.",
            "The arrays have the names that import takes. An LSTM's arrays, rnn.*, hold the input, forget, cell and"
                    + " output gate side by side.",
            "The ONNX graph (operator set 13) takes images [batch, H, W, C]: float32 pixels in [0, 1], where 0 is the"
                    + " background. It returns probabilities [batch, classes], and of a RAM's greedy rollout locations"
                    + " [batch, T, 2]. The graph includes the normalisation and a RAM's start location."
        },
        sortOptions = false)
final class ExportCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private CheckpointOption checkpoint;

    @Option(names = "--npz", paramLabel = "FILE", description = "Archive to write.")
    private Path npz;

    @Option(
            names = "--layout",
            paramLabel = "LAYOUT",
            description = "Layout of the archive. paddle: dense weights are [in, out], and statistics are ._mean and"
                    + " ._variance; pytorch: [out, in], .running_mean and .running_var. Default: paddle.")
    private ArrayLayout layout;

    @Option(names = "--onnx", paramLabel = "FILE", description = "ONNX file to write instead.")
    private Path onnx;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() {
        if ((npz == null) == (onnx == null)) {
            throw new ParameterException(
                    spec.commandLine(), "export writes one file: name it with --npz or with --onnx");
        }
        if (layout != null && npz == null) {
            throw new ParameterException(spec.commandLine(), "--layout belongs to --npz");
        }
        Checkpoint model = checkpoint.load();
        if (npz != null) {
            archive(model);
        } else {
            onnx(model);
        }
        return 0;
    }

    private void archive(Checkpoint model) {
        int arrays = WeightArchive.write(
                npz, layout == null ? ArrayLayout.PADDLE : layout, model.model(), model.parameters());
        json.print(
                Map.of("npz", npz.toString(), "arrays", arrays),
                () -> String.format(Locale.ROOT, "%s: %d arrays of %s", npz, arrays, model));
    }

    private void onnx(Checkpoint model) {
        byte[] bytes = model.model().onnx(model.toString(), model);
        OutputFile.write(onnx, bytes);
        json.print(
                Map.of("onnx", onnx.toString(), "bytes", bytes.length),
                () -> String.format(Locale.ROOT, "%s: %d bytes of %s", onnx, bytes.length, model));
    }
}
