package io.github.ram.service;

import io.github.ram.model.Classifier;
import io.github.ram.model.ImageShape;
import io.github.ram.model.Normalisation;
import io.github.ram.model.Prediction;
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
import io.github.ram.model.resnet.network.Addition;
import io.github.ram.model.resnet.network.Attention;
import io.github.ram.model.resnet.network.NonLocal;
import io.github.ram.model.resnet.network.ResNetConfig;
import io.github.ram.model.resnet.network.Stem;
import io.github.ram.model.resnet.network.Trunk;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/** An untrained model of 28×28 pixels, and an image for it. */
final class TestModel {

    private static final RamConfig NETWORK = new RamConfig(
            new ImageShape(28, 28, 1),
            new GlimpseConfig(6, 8, 1, 1),
            RamConfig.Core.RELU,
            new HiddenSizes(16, 16, 32, 32, 16),
            0.2,
            10);

    private static final RamSpec SPEC = RamSpec.of(
            NETWORK,
            Normalisation.MNIST,
            StartLocation.fixed(new Location(0.25f, -0.5f)),
            List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"));

    private static final Checkpoint CHECKPOINT = Checkpoint.of(
            "ram-test",
            SPEC,
            Weights.initial(NETWORK, 7).parameters(),
            new Provenance("squares", "train", 3, 1.5, null));

    private TestModel() {}

    static Checkpoint checkpoint() {
        return CHECKPOINT;
    }

    /** Another model: of 5×7 pixels in three channels, four classes, three glimpses. */
    static Checkpoint colour() {
        RamConfig network = new RamConfig(
                new ImageShape(5, 7, 3),
                new GlimpseConfig(3, 3, 1, 1),
                RamConfig.Core.RELU,
                new HiddenSizes(8, 8, 8, 8, 8),
                0.2,
                4);
        RamSpec spec = RamSpec.of(
                network,
                Normalisation.background(0.5, 0.5),
                StartLocation.fixed(Location.CENTRE),
                List.of("a", "b", "c", "d"));
        return Checkpoint.of(
                "ram-colour",
                spec,
                Weights.initial(network, 7).parameters(),
                new Provenance("none", "train", 3, 1.5, null));
    }

    /** A residual network with NAM and a non-local block: colour images of 16×16, and classes c0, c1, … */
    static Checkpoint softAttention(int classes) {
        ResNetConfig network = new ResNetConfig(
                new ImageShape(16, 16, 3),
                new Trunk(20, Stem.SMALL, 2),
                Attention.NAM,
                Optional.of(Addition.of(2, NonLocal.of(NonLocal.Kind.DOT_PRODUCT))),
                classes);
        ResNetSpec spec = new ResNetSpec(
                network,
                new Normalisation(List.of(0.5, 0.4, 0.3), List.of(0.25, 0.2, 0.3), 0),
                IntStream.range(0, classes).mapToObj(c -> "c" + c).toList());
        return Checkpoint.of("resnet-test", spec, spec.initial(7), new Provenance("shapes", "train", 3, 1.5, null));
    }

    /**
     * 28×28 pixels, each 8×8 square of one value: a JPEG file of the best quality holds them without a
     * loss. Black around, as MNIST's images are, so that they are taken as they are.
     */
    static byte[] pixels(int seed) {
        byte[] pixels = new byte[28 * 28];
        for (int row = 0; row < 28; row++) {
            for (int column = 0; column < 28; column++) {
                boolean inside = row / 8 % 3 > 0 && column / 8 % 3 > 0;
                pixels[row * 28 + column] =
                        (byte) (inside ? seed + 37 * (row / 8) + 91 * (column / 8) * (row / 8 + 1) : 0);
            }
        }
        return pixels;
    }

    /** What the service has to answer, found without it. */
    static Prediction predict(byte[] pixels) {
        try (Classifier classifier = CHECKPOINT.classifier()) {
            return classifier.predict(SPEC.query(pixels, 1));
        }
    }

    /** The same as any JSON writer would write it, to the digit: the image was taken as it is. */
    static String answer(byte[] pixels) {
        return answer(pixels, 28);
    }

    /** The same for a square picture of any size that the image was scaled from. */
    static String answer(byte[] pixels, int side) {
        String prediction = JsonMapper.builder().build().writeValueAsString(predict(pixels));
        return prediction.substring(0, prediction.length() - 1)
                + (",\"preprocessing\":{\"applied\":\"none\",\"picture\":{\"width\":%1$d,\"height\":%1$d},\"orientation\":1,"
                                + "\"area\":{\"left\":0.0,\"top\":0.0,\"width\":%1$d.0,\"height\":%1$d.0}}}")
                        .formatted(side);
    }

    static String json(byte[] pixels) {
        return IntStream.range(0, 28)
                .mapToObj(row -> IntStream.range(28 * row, 28 * row + 28)
                        .mapToObj(i -> Integer.toString(pixels[i] & 0xff))
                        .collect(Collectors.joining(",", "[", "]")))
                .collect(Collectors.joining(",", "{\"pixels\": [", "]}"));
    }
}
