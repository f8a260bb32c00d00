package io.github.ram.training;

import io.github.ram.model.GlimpseConfig;
import io.github.ram.model.HiddenSizes;
import io.github.ram.model.ImageShape;
import io.github.ram.model.ModelSpec;
import io.github.ram.model.Normalisation;
import io.github.ram.model.RamConfig;
import io.github.ram.model.StartLocation;
import io.github.ram.model.Weights;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.model.checkpoint.Provenance;
import io.github.ram.training.data.DataSource;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a checkpoint of another implementation's weights. */
@Command(
        name = "import",
        description = {
            "Makes a checkpoint of another implementation's weights.",
            "The archive holds sensor.fc1.weight, sensor.fc1.bias, ... sensor.fc4.*, rnn.i2h.*, rnn.h2h.*, locator.fc.*,"
                    + " locator.fc_lt.*, classifier.fc.* and baseliner.fc.*; the sizes of the layers are read from them."
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

    @Option(
            names = "--glimpses",
            paramLabel = "N",
            defaultValue = "6",
            description = "Glimpses an image, T. Default: 6.")
    private int glimpses;

    @Option(
            names = "--patch-size",
            paramLabel = "N",
            defaultValue = "8",
            description = "Side of a patch, g. Default: 8.")
    private int patchSize;

    @Option(names = "--scales", paramLabel = "N", defaultValue = "1", description = "Patches a glimpse, K. Default: 1.")
    private int scales;

    @Option(
            names = "--scale-factor",
            paramLabel = "N",
            defaultValue = "2",
            description = "From one scale to the next, s. Default: 2.")
    private int scaleFactor;

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
        DataSource source = DataSource.named(dataset);
        Map<String, Npz.Array> arrays = Npz.read(npz);
        RamConfig config = config(source, arrays);
        ModelSpec model = new ModelSpec(
                config,
                new Normalisation(mean, deviation, padding),
                StartLocation.fixed(Locations.parse("--start", start)),
                labels(source, config.classes()));
        Weights weights = weights(config, arrays);
        Provenance provenance = new Provenance(
                source.toString(),
                "import --npz %s --layout %s"
                        .formatted(npz.getFileName(), layout.name().toLowerCase(java.util.Locale.ROOT)),
                null,
                null,
                GitCommit.id());
        Checkpoint.of("ram-" + source, model, weights, provenance).save(out);
        json.print(
                Map.of("checkpoint", out.toString(), "weights", weights.count()),
                () -> "%s: %d weights from %s".formatted(out, weights.count(), npz));
        return 0;
    }

    private RamConfig config(DataSource source, Map<String, Npz.Array> arrays) {
        ImageShape image = source.shape();
        return new RamConfig(
                image,
                new GlimpseConfig(glimpses, patchSize, scales, scaleFactor),
                new HiddenSizes(
                        outputs(arrays, "sensor.fc1"),
                        outputs(arrays, "sensor.fc2"),
                        outputs(arrays, "sensor.fc3"),
                        outputs(arrays, "rnn.h2h"),
                        outputs(arrays, "locator.fc")),
                std,
                outputs(arrays, "classifier.fc"));
    }

    /** A layer's outputs are as many as its bias has values, in either layout. */
    private int outputs(Map<String, Npz.Array> arrays, String layer) {
        Npz.Array bias = arrays.get(layer + ".bias");
        if (bias == null) {
            throw new TrainingException(
                    "%s holds no array %s.bias; it holds %s".formatted(npz, layer, arrays.keySet()));
        }
        return bias.values().length;
    }

    private Weights weights(RamConfig config, Map<String, Npz.Array> arrays) {
        Map<String, INDArray> weights = new LinkedHashMap<>();
        arrays.forEach((name, array) -> {
            int[] shape = array.shape();
            boolean transpose = layout == Layout.PYTORCH && shape.length == 2 && !name.endsWith(".bias");
            weights.put(
                    name,
                    transpose
                            ? matrix(Npz.transposed(array.values(), shape[0], shape[1]), shape[1], shape[0])
                            : Nd4j.createFromArray(array.values())
                                    .reshape(Arrays.stream(shape).asLongStream().toArray()));
        });
        try {
            return Weights.of(config, weights);
        } catch (IllegalArgumentException e) {
            throw new TrainingException(
                    "%s as %s: %s; give the model's --patch-size, --scales and --layout"
                            .formatted(npz, layout.name().toLowerCase(java.util.Locale.ROOT), e.getMessage()),
                    e);
        }
    }

    private static INDArray matrix(float[] values, int rows, int columns) {
        return Nd4j.createFromArray(values).reshape(rows, columns);
    }

    private static List<String> labels(DataSource source, int classes) {
        return classes == source.classLabels().size()
                ? source.classLabels()
                : IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    }
}
