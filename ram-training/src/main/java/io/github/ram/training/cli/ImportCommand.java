package io.github.ram.training.cli;

import io.github.ram.model.ImageShape;
import io.github.ram.model.ModelSpec;
import io.github.ram.model.Normalisation;
import io.github.ram.model.Parameters;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.model.checkpoint.Provenance;
import io.github.ram.training.cli.option.Failure;
import io.github.ram.training.cli.option.JsonOption;
import io.github.ram.training.cli.option.ModelChoice;
import io.github.ram.training.cli.option.NormalisationOptions;
import io.github.ram.training.cli.option.ResNetOptions;
import io.github.ram.training.data.Contents;
import io.github.ram.training.data.source.DataSource;
import io.github.ram.training.npz.ArrayLayout;
import io.github.ram.training.npz.WeightArchive;
import io.github.ram.training.run.GitCommit;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Converts the weights of another implementation into a checkpoint. */
@Command(
        name = "import",
        description = {
            "Converts the weights of another implementation into a checkpoint.",
            "The archive of a RAM holds sensor.fc1.weight, sensor.fc1.bias, ... sensor.fc4.*, rnn.i2h.*, rnn.h2h.*,"
                    + " locator.fc.*, locator.fc_lt.*, classifier.fc.* and baseliner.fc.*. Their shapes give the sizes"
                    + " of the layers. If rnn.* have four outputs per unit, the core is an LSTM. Its gates are input,"
                    + " forget, cell and output, in the order of PyTorch's LSTMCell.",
            "The archive of a residual network holds conv1.weight, bn1.weight, bn1.bias, bn1.running_mean,"
                    + " bn1.running_var, layer1.0.conv1.weight, ... fc.weight and fc.bias. The command describe lists"
                    + " all names of a model."
        },
        sortOptions = false)
final class ImportCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--npz", paramLabel = "FILE", required = true, description = "NumPy archive of the weights.")
    private Path npz;

    @Option(
            names = "--layout",
            paramLabel = "LAYOUT",
            required = true,
            description = "pytorch: dense weights are [out, in], and statistics are .running_mean and .running_var;"
                    + " paddle: [in, out], ._mean and ._variance.")
    private ArrayLayout layout;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "Checkpoint to write.")
    private Path out;

    @Mixin
    private ModelChoice choice;

    @Option(
            names = "--dataset",
            paramLabel = "NAME",
            description = "Data set that the model was trained on. It gives the shape of the images and the names of"
                    + " the classes. Default: mnist with RAM, none with residual networks.")
    private String dataset;

    @Option(
            names = "--image-size",
            paramLabel = "N",
            description = "Rows and columns of an image. Default: those of the data set, 32 without one.")
    private Integer imageSize;

    @Option(
            names = "--channels",
            paramLabel = "N",
            description = "Channels of an image. Default: those of the data set, without one those of the archive.")
    private Integer channels;

    @Option(names = "--classes", paramLabel = "N", description = "Classes. Default: those of the archive.")
    private Integer classes;

    @Mixin
    private NormalisationOptions normalisation;

    @Mixin
    private RamImport ram;

    @Mixin
    private ResNetOptions resnet;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() {
        Optional<Integer> depth = Failure.asUsage(spec, () -> choice.depth());
        return depth.isPresent() ? resnet(depth.get()) : ram();
    }

    private int ram() {
        choice.reject(new ResNetOptions());
        DataSource source = Failure.asUsage(spec, () -> DataSource.named(dataset == null ? "mnist" : dataset));
        RamImport.Given given = Failure.asUsage(spec, () -> ram.given(normalisation));
        WeightArchive archive = WeightArchive.read(npz, layout, "--model, --patch-size and --scales");
        Optional<Contents> contents = contents(source);
        List<String> labels = labels(contents, archive.outputs("classifier.fc"));
        ImageShape usual = contents.map(Contents::shape).orElse(new ImageShape(28, 28, 1));
        ModelSpec model = Failure.asUsage(spec, () -> given.model(archive, shape(usual), labels));
        return save(model, archive, Optional.of(source));
    }

    /** The stem's kernel [out, in, rows, columns] gives the channels, and the last layer the classes. */
    private int resnet(int depth) {
        choice.reject(new RamImport());
        Optional<DataSource> source =
                Failure.asUsage(spec, () -> Optional.ofNullable(dataset).map(DataSource::named));
        Normalisation input = Failure.asUsage(spec, () -> normalisation.required());
        WeightArchive archive = WeightArchive.read(npz, layout, "--model and its options");
        int[] stem = archive.array("conv1.weight").shape();
        ImageShape found = new ImageShape(32, 32, stem.length == 4 && stem[1] > 0 ? stem[1] : 3);
        Optional<Contents> contents = source.flatMap(ImportCommand::contents);
        List<String> labels = labels(contents, archive.outputs("fc"));
        ImageShape usual = contents.map(Contents::shape).orElse(found);
        ModelSpec model = Failure.asUsage(spec, () -> resnet.model(depth, shape(usual), input, labels));
        return save(model, archive, source);
    }

    private int save(ModelSpec model, WeightArchive archive, Optional<DataSource> source) {
        Parameters parameters = archive.parameters(model);
        Provenance provenance = new Provenance(
                source.map(DataSource::toString).orElse(null),
                String.format(Locale.ROOT, "import --npz %s --layout %s", npz.getFileName(), layout),
                null,
                null,
                GitCommit.id());
        String name = model.family() + source.map(data -> "-" + data).orElse("");
        Checkpoint.of(name, model, parameters, provenance).save(out);
        json.print(
                Map.of("checkpoint", out.toString(), "weights", parameters.trainable()),
                () -> String.format(Locale.ROOT, "%s: %d weights from %s", out, parameters.trainable(), npz));
        return 0;
    }

    /** The shape and the classes of a data set; empty if only its files say them. */
    private static Optional<Contents> contents(DataSource source) {
        boolean isOwn = source == DataSource.FOLDER || source == DataSource.IDX;
        return isOwn ? Optional.empty() : Optional.of(source.contents(null));
    }

    private ImageShape shape(ImageShape other) {
        return new ImageShape(
                imageSize == null ? other.height() : imageSize,
                imageSize == null ? other.width() : imageSize,
                channels == null ? other.channels() : channels);
    }

    /** The data set's names of the classes, or numbers. */
    private List<String> labels(Optional<Contents> contents, int found) {
        int count = classes == null ? found : classes;
        int known = contents.map(Contents::labels).map(List::size).orElse(count);
        if (dataset != null && known != count) {
            throw new ParameterException(
                    spec.commandLine(),
                    String.format(
                            Locale.ROOT,
                            "%s has %d classes, and the model %d: give the --dataset of the model's training, or leave it out",
                            dataset,
                            known,
                            count));
        }
        return contents.map(Contents::labels)
                .filter(labels -> labels.size() == count)
                .orElse(IntStream.range(0, count).mapToObj(Integer::toString).toList());
    }
}
