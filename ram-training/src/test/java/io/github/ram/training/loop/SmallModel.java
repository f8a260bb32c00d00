package io.github.ram.training.loop;

import io.github.ram.model.ImageShape;
import io.github.ram.model.Normalisation;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.model.checkpoint.Provenance;
import io.github.ram.model.ram.RamSpec;
import io.github.ram.model.ram.StartLocation;
import io.github.ram.model.ram.network.GlimpseConfig;
import io.github.ram.model.ram.network.HiddenSizes;
import io.github.ram.model.ram.network.Location;
import io.github.ram.model.ram.network.RamConfig;
import io.github.ram.model.ram.network.Weights;
import io.github.ram.model.resnet.ResNetSpec;
import io.github.ram.model.resnet.network.Attention;
import io.github.ram.model.resnet.network.ResNetConfig;
import io.github.ram.model.resnet.network.Stem;
import io.github.ram.model.resnet.network.Trunk;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A checkpoint of a small, untrained model of 28×28 images, as the commands take it. */
public final class SmallModel {

    public static final RamConfig NETWORK = new RamConfig(
            new ImageShape(28, 28, 1),
            new GlimpseConfig(3, 5, 2, 2),
            RamConfig.Core.RELU,
            new HiddenSizes(9, 6, 14, 12, 7),
            0.2,
            10);

    private SmallModel() {}

    public static Checkpoint checkpoint() {
        return checkpoint("strokes", NETWORK);
    }

    public static RamConfig lstm() {
        return new RamConfig(
                NETWORK.image(),
                NETWORK.glimpse(),
                RamConfig.Core.LSTM,
                NETWORK.hidden(),
                NETWORK.std(),
                NETWORK.classes());
    }

    public static Checkpoint checkpoint(String dataset, RamConfig network) {
        RamSpec model = RamSpec.of(
                network,
                Normalisation.MNIST,
                StartLocation.fixed(new Location(0.125f, -0.25f)),
                List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"));
        return Checkpoint.of(
                "small",
                model,
                Weights.initial(network, 11).parameters(),
                new Provenance(dataset, "test", null, null, null));
    }

    /** Writes a residual network of 8×8 colour pictures of three classes. */
    public static String ofPictures(Path folder) {
        ResNetConfig network = new ResNetConfig(
                new ImageShape(8, 8, 3), new Trunk(20, Stem.SMALL, 2), Attention.NAM, Optional.empty(), 3);
        ResNetSpec model = new ResNetSpec(
                network,
                new Normalisation(List.of(0.5, 0.4, 0.3), List.of(0.25, 0.2, 0.3), 0),
                List.of("ant", "bee", "cow"));
        Path file = folder.resolve("pictures.ram");
        Checkpoint.of("pictures", model, model.initial(7), new Provenance("folder", "test", null, null, null))
                .save(file);
        return file.toString();
    }

    /** Writes it. */
    public static String in(Path folder) {
        return in(folder, NETWORK);
    }

    public static String in(Path folder, RamConfig network) {
        Path file = folder.resolve("small.ram");
        checkpoint("strokes", network).save(file);
        return file.toString();
    }
}
