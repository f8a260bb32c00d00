package io.github.ram.training.cli;

import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.model.ram.Layer;
import io.github.ram.model.ram.RamSpec;
import io.github.ram.model.ram.Weights;
import io.github.ram.model.ram.onnx.OnnxGraph;
import io.github.ram.training.npz.Npz;
import io.github.ram.training.run.OutputFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.nd4j.linalg.api.ndarray.INDArray;
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
            "Writes a model for other programs: its weights as a NumPy archive, or its greedy rollout as ONNX.",
            "Weights in the archive are [in, out] (the paddle layout of import). An LSTM's arrays, rnn.*, hold the input,"
                    + " forget, cell and output gate side by side.",
            "The ONNX graph (operator set 13) takes images [batch, H, W, C]: float32 pixels in [0, 1], where 0 is the"
                    + " background. It returns probabilities [batch, classes] and locations [batch, T, 2]. The graph"
                    + " includes the normalisation and the start location."
        },
        sortOptions = false)
final class ExportCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private CheckpointOption checkpoint;

    @Option(names = "--npz", paramLabel = "FILE", description = "Archive to write.")
    private Path npz;

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
        Checkpoint model = checkpoint.load();
        if (npz != null) {
            archive(model, npz);
        } else {
            onnx(model, onnx);
        }
        return 0;
    }

    private void archive(Checkpoint model, Path file) {
        Weights weights = Weights.of(ram(model).network(), model.parameters());
        Map<String, Npz.Array> arrays = new LinkedHashMap<>();
        for (Layer layer : Weights.layers(weights.config())) {
            arrays.put(layer.weight(), array(weights.arrays().get(layer.weight()), layer.in(), layer.out()));
            arrays.put(layer.bias(), array(weights.arrays().get(layer.bias()), layer.out()));
        }
        Npz.write(file, arrays);
        json.print(
                Map.of("npz", file.toString(), "arrays", arrays.size()),
                () -> String.format(Locale.ROOT, "%s: %d arrays of %s", file, arrays.size(), model));
    }

    private static RamSpec ram(Checkpoint model) {
        return (RamSpec) model.model();
    }

    private static Npz.Array array(INDArray values, int... shape) {
        return new Npz.Array(shape, values.dup('c').data().asFloat());
    }

    private void onnx(Checkpoint model, Path file) {
        byte[] bytes = OnnxGraph.bytes(
                model.toString(), ram(model), Weights.of(ram(model).network(), model.parameters()));
        OutputFile.write(file, bytes);
        json.print(
                Map.of("onnx", file.toString(), "bytes", bytes.length),
                () -> String.format(Locale.ROOT, "%s: %d bytes of %s", file, bytes.length, model));
    }
}
