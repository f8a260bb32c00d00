package io.github.ram.training.cli;

import io.github.ram.model.ImageShape;
import io.github.ram.model.Normalisation;
import io.github.ram.model.ram.RamSpec;
import io.github.ram.model.ram.StartLocation;
import io.github.ram.model.ram.network.GlimpseConfig;
import io.github.ram.model.ram.network.HiddenSizes;
import io.github.ram.model.ram.network.RamConfig;
import io.github.ram.training.cli.option.GlimpseOptions;
import io.github.ram.training.cli.option.Locations;
import io.github.ram.training.cli.option.NormalisationOptions;
import io.github.ram.training.npz.WeightArchive;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options for what an archive does not say about a Recurrent Attention Model. */
final class RamImport {

    @Mixin
    private GlimpseOptions glimpses;

    @Option(
            names = "--std",
            paramLabel = "F",
            defaultValue = "0.05",
            description = "Standard deviation of the policy. Default: 0.05.")
    private double std;

    @Option(
            names = "--padding",
            paramLabel = "F",
            defaultValue = "0",
            description = "Value outside the image, in normalised units. Default: 0.")
    private double padding;

    @Option(names = "--start", paramLabel = "X,Y", defaultValue = "0,0", description = "First location. Default: 0,0.")
    private String start;

    /**
     * Returns what the options give.
     *
     * @throws IllegalArgumentException if an option is out of range
     */
    Given given(NormalisationOptions normalisation) {
        return new Given(
                glimpses.config(),
                std,
                normalisation.orMnist(padding),
                StartLocation.fixed(Locations.parse("--start", start)));
    }

    /** The part of a model that its archive does not hold. */
    record Given(GlimpseConfig glimpses, double std, Normalisation input, StartLocation start) {

        /**
         * Returns the model of an archive. The shapes of its arrays give the core and the sizes of the layers.
         *
         * @throws IllegalArgumentException if a value is out of range
         */
        RamSpec model(WeightArchive archive, ImageShape image, List<String> labels) {
            RamConfig.Core core = isLstm(archive) ? RamConfig.Core.LSTM : RamConfig.Core.RELU;
            RamConfig network = new RamConfig(image, glimpses, core, hidden(archive), std, labels.size());
            return RamSpec.of(network, input, start, labels);
        }
    }

    /** Whether the core is an LSTM, which has four outputs for each unit of its state. The paper's core has one. */
    private static boolean isLstm(WeightArchive archive) {
        int units = Arrays.stream(archive.array("rnn.h2h.weight").shape()).min().orElse(0);
        return archive.outputs("rnn.h2h") == 4 * units;
    }

    private static HiddenSizes hidden(WeightArchive archive) {
        return new HiddenSizes(
                archive.outputs("sensor.fc1"),
                archive.outputs("sensor.fc2"),
                archive.outputs("sensor.fc3"),
                archive.outputs("rnn.h2h") / (isLstm(archive) ? 4 : 1),
                archive.outputs("locator.fc"));
    }
}
