package io.github.ram.training;

import io.github.ram.model.Layer;
import io.github.ram.model.Weights;
import io.github.ram.model.checkpoint.Checkpoint;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.nd4j.linalg.api.ndarray.INDArray;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a model's weights for other programs. */
@Command(
        name = "export",
        description = {
            "Writes a model's weights as a NumPy archive, weights [in, out] (the paddle layout of import).",
            "The arrays of an LSTM, rnn.*, hold its input, forget, cell and output gate side by side."
        },
        sortOptions = false)
final class ExportCommand implements Callable<Integer> {

    @Mixin
    private CheckpointOption checkpoint;

    @Option(names = "--npz", paramLabel = "FILE", required = true, description = "Archive to write.")
    private Path npz;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() {
        Checkpoint model = checkpoint.load();
        Weights weights = model.weights();
        Map<String, Npz.Array> arrays = new LinkedHashMap<>();
        for (Layer layer : Weights.layers(weights.config())) {
            arrays.put(layer.weight(), array(weights.arrays().get(layer.weight()), layer.in(), layer.out()));
            arrays.put(layer.bias(), array(weights.arrays().get(layer.bias()), layer.out()));
        }
        Npz.write(npz, arrays);
        json.print(
                Map.of("npz", npz.toString(), "arrays", arrays.size()),
                () -> "%s: %d arrays of %s".formatted(npz, arrays.size(), model));
        return 0;
    }

    private static Npz.Array array(INDArray values, int... shape) {
        return new Npz.Array(shape, values.dup('c').data().asFloat());
    }
}
