package io.github.ram.model.resnet.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.ram.model.ImageShape;
import io.github.ram.model.resnet.ResNetObjective;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResNetConfigTest {

    private static final ImageShape CIFAR = new ImageShape(32, 32, 3);

    @ParameterizedTest
    @CsvSource({
        "50, NAM,  100, 23735460, 83328",
        "50, NONE, 100, 23705252, 53120",
        "18, NONE, 10,  11173962, 9600",
        "20, NONE, 10,  272474,   1568"
    })
    void theNumbersOfParametersAreThePublishedOnes(
            int depth, Attention attention, int classes, long trainable, long statistics) {
        Trunk trunk = new Trunk(depth, Stem.SMALL, Trunk.usualWidth(depth));
        Layout layout = Layout.of(new ResNetConfig(CIFAR, trunk, attention, Optional.empty(), classes));

        assertEquals(trainable, layout.count(true));
        assertEquals(statistics, layout.count(false));
    }

    @Test
    void aNonLocalBlockHasTheNamesAndShapesOfPyTorch() {
        NonLocal block = NonLocal.of(NonLocal.Kind.CONCATENATION);
        Layout layout = Layout.of(new ResNetConfig(
                CIFAR, new Trunk(20, Stem.SMALL, 16), Attention.NONE, Optional.of(Addition.of(2, block)), 10));

        List<String> found = layout.parameters().stream()
                .filter(parameter -> parameter.name().startsWith("layer2.nonlocal"))
                .map(parameter -> parameter.name() + " " + Arrays.toString(parameter.shape()))
                .toList();
        assertEquals(
                List.of(
                        "layer2.nonlocal.theta.weight [16, 32, 1, 1]",
                        "layer2.nonlocal.theta.bias [16]",
                        "layer2.nonlocal.phi.weight [16, 32, 1, 1]",
                        "layer2.nonlocal.phi.bias [16]",
                        "layer2.nonlocal.g.weight [16, 32, 1, 1]",
                        "layer2.nonlocal.g.bias [16]",
                        "layer2.nonlocal.v.weight [1, 32, 1, 1]",
                        "layer2.nonlocal.W.weight [32, 16, 1, 1]",
                        "layer2.nonlocal.W.bias [32]",
                        "layer2.nonlocal.bn.weight [32]",
                        "layer2.nonlocal.bn.bias [32]",
                        "layer2.nonlocal.bn.running_mean [32]",
                        "layer2.nonlocal.bn.running_var [32]"),
                found);
    }

    @Test
    void theControlIsOneResidualBlockMore() {
        Layout layout = Layout.of(new ResNetConfig(
                CIFAR, new Trunk(18, Stem.LARGE, 64), Attention.NONE, Optional.of(Addition.control(3)), 10));

        assertEquals(
                List.of("layer3.2.conv1.weight", "layer3.2.conv2.weight"),
                layout.parameters().stream()
                        .map(Layout.Declared::name)
                        .filter(name -> name.matches("layer3\\.2\\.conv.*"))
                        .toList());
    }

    @Test
    void wrongValuesAreRefusedByName() {
        assertRefused(
                "depth must be one of [18, 20, 32, 34, 44, 50, 56, 101, 152], got 19",
                () -> new Trunk(19, Stem.SMALL, 16));
        assertRefused("width must be in [1, 1024], got 0", () -> new Trunk(18, Stem.SMALL, 0));
        assertRefused("stage must be in [1, 4], got 5", () -> Addition.control(5));
        assertRefused("stage must be in [1, 3], got 4", () -> spec(CIFAR, Addition.control(4)));
        assertRefused(
                "classes must be in [2, 65536], got 1",
                () -> new ResNetConfig(CIFAR, new Trunk(18, Stem.SMALL, 64), Attention.NONE, Optional.empty(), 1));
        assertRefused(
                "kind must be embedded-gaussian or gaussian with scaled logits, got dot-product",
                () -> new NonLocal(
                        NonLocal.Kind.DOT_PRODUCT, NonLocal.Affinity.POSITIONS, NonLocal.Width.HALF, false, true));
        assertRefused(
                "affinity must be positions with concatenation, got channels",
                () -> new NonLocal(
                        NonLocal.Kind.CONCATENATION, NonLocal.Affinity.CHANNELS, NonLocal.Width.HALF, false, false));
        assertRefused(
                "affinity must be positions with sub-sampling, got channels",
                () -> new NonLocal(
                        NonLocal.Kind.GAUSSIAN, NonLocal.Affinity.CHANNELS, NonLocal.Width.HALF, true, false));
        assertRefused("sparsity must be in [0.0, 1.0], got -0.1", () -> new ResNetObjective(0, -0.1, true));
    }

    @Test
    void imagesThatANonLocalBlockCannotTakeAreRefused() {
        NonLocal subSampled =
                new NonLocal(NonLocal.Kind.GAUSSIAN, NonLocal.Affinity.POSITIONS, NonLocal.Width.HALF, true, false);
        assertRefused(
                "a sub-sampled non-local block needs at least 2×2 positions; an image of 4×9×1 has 1×3 after stage 3: choose larger images or an earlier stage",
                () -> spec(new ImageShape(4, 9, 1), Addition.of(3, subSampled)));
        assertRefused(
                "a non-local block takes at most 67108864 pairs of positions;"
                        + " an image of 512×512×3 has 68719476736 after stage 1: choose smaller images or a later stage",
                () -> spec(new ImageShape(512, 512, 3), Addition.of(1, NonLocal.of(NonLocal.Kind.GAUSSIAN))));
    }

    private static ResNetConfig spec(ImageShape image, Addition addition) {
        return new ResNetConfig(image, new Trunk(20, Stem.SMALL, 16), Attention.NONE, Optional.of(addition), 10);
    }

    private static void assertRefused(String message, Executable construction) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, construction).getMessage());
    }
}
