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

/** Converts the weights of another implementation into a checkpoint. */
@Command(
        name = "import",
        description = {
            "Converts the weights of another implementation into a checkpoint.",
            "The archive holds sensor.fc1.weight, sensor.fc1.bias, ... sensor.fc4.*, rnn.i2h.*, rnn.h2h.*, locator.fc.*,"
                    + " locator.fc_lt.*, classifier.fc.* and baseliner.fc.*. Their shapes give the sizes of the layers.",
            "If rnn.* have four outputs per unit, the core is an LSTM. Its gates are input, forget, cell and output, in"
                    + " the order of PyTorch's LSTMCell."
        },
        sortOptions = false)
final class ImportCommand implements Callable<Integer> {

    /** The order of the axes of a layer's weights in the archive. */
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
            description = "Mean that is subtracted from pixels in [0, 1]. Default: 0.1307.")
    private double mean;

    @Option(
            names = "--deviation",
            paramLabel = "F",
            defaultValue = "0.3081",
            description = "Deviation by which the difference is divided. Default: 0.3081.")
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
            description = "Data set that the model was trained on. Default: mnist.")
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
                String.format(
                        Locale.ROOT,
                        "import --npz %s --layout %s",
                        npz.getFileName(),
                        layout.name().toLowerCase(Locale.ROOT)),
                null,
                null,
                GitCommit.id());
        Checkpoint.of("ram-" + source, model, weights.parameters(), provenance).save(out);
        json.print(
                Map.of("checkpoint", out.toString(), "weights", weights.count()),
                () -> String.format(Locale.ROOT, "%s: %d weights from %s", out, weights.count(), npz));
        return 0;
    }

    /** Whether the core is an LSTM, which has four outputs for each unit of its state. The paper's core has one. */
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

    /** The number of a layer's outputs: the length of its bias, in either layout. */
    private int outputs(Map<String, Npz.Array> arrays, String layer) {
        Npz.Array bias = arrays.get(layer + ".bias");
        if (bias == null) {
            throw missing(layer + ".bias", arrays);
        }
        if (bias.values().length == 0) {
            throw new TrainingException(String.format(Locale.ROOT, "%s: array %s.bias is empty", npz, layer));
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
                        String.format(Locale.ROOT, "%s: a model has no array %s; leave it out", npz, name));
            }
        }
        return Weights.of(config, weights);
    }

    /** Returns the values of an array, whose shape in the file must fit the model. */
    private float[] values(Map<String, Npz.Array> arrays, String name, int[] shape) {
        Npz.Array array = arrays.get(name);
        if (array == null) {
            throw missing(name, arrays);
        }
        if (!Arrays.equals(shape, array.shape())) {
            throw new TrainingException(String.format(
                    Locale.ROOT,
                    "%s: array %s must have shape %s in layout %s, got %s; check --layout, --patch-size and --scales",
                    npz,
                    name,
                    Arrays.toString(shape),
                    layout.name().toLowerCase(Locale.ROOT),
                    Arrays.toString(array.shape())));
        }
        for (float value : array.values()) {
            if (!Float.isFinite(value)) {
                throw new TrainingException(String.format(
                        Locale.ROOT, "%s: array %s holds %s, but weights must be finite", npz, name, value));
            }
        }
        return array.values();
    }

    private TrainingException missing(String name, Map<String, Npz.Array> arrays) {
        return new TrainingException(
                String.format(Locale.ROOT, "%s holds no array %s; it holds %s", npz, name, arrays.keySet()));
    }

    private static List<String> labels(DataSource source, int classes) {
        return classes == source.classLabels().size()
                ? source.classLabels()
                : IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    }
}
