package io.github.ram.training.cli;

import io.github.ram.model.Normalisation;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.model.checkpoint.Provenance;
import io.github.ram.model.ram.GlimpseConfig;
import io.github.ram.model.ram.HiddenSizes;
import io.github.ram.model.ram.Layer;
import io.github.ram.model.ram.Location;
import io.github.ram.model.ram.RamConfig;
import io.github.ram.model.ram.RamSpec;
import io.github.ram.model.ram.StartLocation;
import io.github.ram.model.ram.Weights;
import io.github.ram.training.data.DataSource;
import io.github.ram.training.loop.TrainingException;
import io.github.ram.training.npz.Npz;
import io.github.ram.training.run.GitCommit;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a checkpoint of another implementation's weights. */
@Command(
        name = "import",
        description = {
            "Makes a checkpoint of another implementation's weights.",
            "The archive holds sensor.fc1.weight, sensor.fc1.bias, ... sensor.fc4.*, rnn.i2h.*, rnn.h2h.*, locator.fc.*,"
                    + " locator.fc_lt.*, classifier.fc.* and baseliner.fc.*; the sizes of the layers are read from them.",
            "Where rnn.* have four outputs a unit, the core is an LSTM; its gates are input, forget, cell and output, in"
                    + " this order (that of PyTorch's LSTMCell)."
        },
        sortOptions = false)
final class ImportCommand implements Callable<Integer> {

    /** How an implementation stores the weights of a layer. */
    enum Layout {
        /** [out, in] */
        PYTORCH,
        /** [in, out] */
        PADDLE
    }

    @Spec
    private CommandSpec spec;

    @Option(names = "--npz", paramLabel = "FILE", required = true, description = "NumPy archive of the weights.")
    private Path npz;

    @Option(
            names = "--layout",
            paramLabel = "LAYOUT",
            required = true,
            description = "pytorch: weights are [out, in]; paddle: [in, out].")
    private Layout layout;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "Checkpoint to write.")
    private Path out;

    @Option(
            names = "--mean",
            paramLabel = "F",
            defaultValue = "0.1307",
            description = "Subtracted from pixels in [0, 1]. Default: 0.1307.")
    private double mean;

    @Option(
            names = "--deviation",
            paramLabel = "F",
            defaultValue = "0.3081",
            description = "Divides them then. Default: 0.3081.")
    private double deviation;

    @Option(
            names = "--padding",
            paramLabel = "F",
            defaultValue = "0",
            description = "Value outside the image, in normalised units. Default: 0.")
    private double padding;

    @Option(names = "--start", paramLabel = "X,Y", defaultValue = "0,0", description = "First location. Default: 0,0.")
    private String start;

    @Option(
            names = "--dataset",
            paramLabel = "NAME",
            defaultValue = "mnist",
            description = "What it was trained on. Default: mnist.")
    private String dataset;

    @Mixin
    private GlimpseOptions glimpses;

    @Option(
            names = "--std",
            paramLabel = "F",
            defaultValue = "0.05",
            description = "Standard deviation of the policy. Default: 0.05.")
    private double std;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() {
        DataSource source = Failure.asUsage(spec, () -> DataSource.named(dataset));
        GlimpseConfig look = Failure.asUsage(spec, () -> glimpses.config());
        Normalisation input = Failure.asUsage(spec, () -> Normalisation.of(mean, deviation, padding));
        Location first = Failure.asUsage(spec, () -> Locations.parse("--start", start));
        Map<String, Npz.Array> arrays = Npz.read(npz);
        HiddenSizes hidden = hidden(arrays);
        RamConfig.Core core = isLstm(arrays) ? RamConfig.Core.LSTM : RamConfig.Core.RELU;
        int classes = outputs(arrays, "classifier.fc");
        RamConfig config = Failure.asUsage(spec, () -> new RamConfig(source.shape(), look, core, hidden, std, classes));
        RamSpec model = RamSpec.of(config, input, StartLocation.fixed(first), labels(source, classes));
        Weights weights = weights(config, arrays);
        Provenance provenance = new Provenance(
                source.toString(),
                "import --npz %s --layout %s"
                        .formatted(npz.getFileName(), layout.name().toLowerCase(Locale.ROOT)),
                null,
                null,
                GitCommit.id());
        Checkpoint.of("ram-" + source, model, weights.parameters(), provenance).save(out);
        json.print(
                Map.of("checkpoint", out.toString(), "weights", weights.count()),
                () -> "%s: %d weights from %s".formatted(out, weights.count(), npz));
        return 0;
    }

    /** An LSTM has four outputs for each unit of its state, the core of the paper has one. */
    private boolean isLstm(Map<String, Npz.Array> arrays) {
        Npz.Array weight = arrays.get("rnn.h2h.weight");
        if (weight == null) {
            throw missing("rnn.h2h.weight", arrays);
        }
        int units = Arrays.stream(weight.shape()).min().orElse(0);
        return outputs(arrays, "rnn.h2h") == 4 * units;
    }

    private HiddenSizes hidden(Map<String, Npz.Array> arrays) {
        return new HiddenSizes(
                outputs(arrays, "sensor.fc1"),
                outputs(arrays, "sensor.fc2"),
                outputs(arrays, "sensor.fc3"),
                outputs(arrays, "rnn.h2h") / (isLstm(arrays) ? 4 : 1),
                outputs(arrays, "locator.fc"));
    }

    /** A layer's outputs are as many as its bias has values, in either layout. */
    private int outputs(Map<String, Npz.Array> arrays, String layer) {
        Npz.Array bias = arrays.get(layer + ".bias");
        if (bias == null) {
            throw missing(layer + ".bias", arrays);
        }
        if (bias.values().length == 0) {
            throw new TrainingException("%s: array %s.bias is empty".formatted(npz, layer));
        }
        return bias.values().length;
    }

    private Weights weights(RamConfig config, Map<String, Npz.Array> arrays) {
        Map<String, INDArray> weights = new LinkedHashMap<>();
        for (Layer layer : Weights.layers(config)) {
            boolean outFirst = layout == Layout.PYTORCH;
            int rows = outFirst ? layer.out() : layer.in();
            int columns = outFirst ? layer.in() : layer.out();
            float[] values = values(arrays, layer.weight(), new int[] {rows, columns});
            weights.put(
                    layer.weight(),
                    Nd4j.createFromArray(outFirst ? Npz.transposed(values, rows, columns) : values)
                            .reshape(layer.in(), layer.out()));
            boolean flat =
                    arrays.get(layer.bias()) != null && arrays.get(layer.bias()).shape().length == 1;
            int[] shape = flat ? new int[] {layer.out()} : new int[] {1, layer.out()};
            weights.put(layer.bias(), Nd4j.createFromArray(values(arrays, layer.bias(), shape)));
        }
        for (String name : arrays.keySet()) {
            if (!weights.containsKey(name)) {
                throw new TrainingException(
                        "%s: there is no place for array %s in a model; leave it out".formatted(npz, name));
            }
        }
        return Weights.of(config, weights);
    }

    /** The values of an array, of the shape that it must have in the file. */
    private float[] values(Map<String, Npz.Array> arrays, String name, int[] shape) {
        Npz.Array array = arrays.get(name);
        if (array == null) {
            throw missing(name, arrays);
        }
        if (!Arrays.equals(shape, array.shape())) {
            throw new TrainingException(
                    "%s: array %s must have shape %s in layout %s, got %s; check --layout, --patch-size and --scales"
                            .formatted(
                                    npz,
                                    name,
                                    Arrays.toString(shape),
                                    layout.name().toLowerCase(Locale.ROOT),
                                    Arrays.toString(array.shape())));
        }
        for (float value : array.values()) {
            if (!Float.isFinite(value)) {
                throw new TrainingException("%s: array %s holds %s, weights are finite".formatted(npz, name, value));
            }
        }
        return array.values();
    }

    private TrainingException missing(String name, Map<String, Npz.Array> arrays) {
        return new TrainingException("%s holds no array %s; it holds %s".formatted(npz, name, arrays.keySet()));
    }

    private static List<String> labels(DataSource source, int classes) {
        return classes == source.classLabels().size()
                ? source.classLabels()
                : IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    }
}
