package io.github.ram.model.ram;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.ram.model.ImageShape;
import io.github.ram.model.Normalisation;
import io.github.ram.model.ram.network.GlimpseConfig;
import io.github.ram.model.ram.network.HiddenSizes;
import io.github.ram.model.ram.network.Location;
import io.github.ram.model.ram.network.RamConfig;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every constraint of the configuration, violated: the message names field, constraint and value. */
class ConfigTest {

    private static final ImageShape IMAGE = new ImageShape(28, 28, 1);
    private static final GlimpseConfig GLIMPSE = new GlimpseConfig(6, 8, 1, 1);

    static Stream<Arguments> violations() {
        return Stream.of(
                refused("height must be in [1, 65536], got 0", () -> new ImageShape(0, 28, 1)),
                refused("width must be in [1, 65536], got -1", () -> new ImageShape(28, -1, 1)),
                refused("channels must be in [1, 1024], got 2147483647", () -> new ImageShape(28, 28, 2147483647)),
                refused(
                        "height · width · channels must be at most 2147483647, got 4294967296",
                        () -> new ImageShape(65536, 65536, 1)),
                refused("glimpses must be in [1, 1000], got 0", () -> new GlimpseConfig(0, 8, 1, 1)),
                refused("patchSize must be in [1, 4096], got 0", () -> new GlimpseConfig(6, 0, 1, 1)),
                refused("scales must be in [1, 12], got 13", () -> new GlimpseConfig(6, 8, 13, 2)),
                refused("scaleFactor must be in [1, 4096], got 0", () -> new GlimpseConfig(6, 8, 1, 0)),
                refused("scaleFactor must be in [2, 4096], got 1", () -> new GlimpseConfig(6, 8, 2, 1)),
                refused(
                        "patchSize · scaleFactor^(scales - 1) must be at most 4096, got 8192",
                        () -> new GlimpseConfig(6, 8, 11, 2)),
                refused("hidden.patch must be in [1, 16384], got 0", () -> new HiddenSizes(0, 1, 1, 1, 1)),
                refused("hidden must be in [2, 16384], got 0", () -> HiddenSizes.ofCore(0)),
                refused("hidden must be even, got 255", () -> HiddenSizes.ofCore(255)),
                refused("hidden.location must be in [1, 16384], got 0", () -> new HiddenSizes(1, 0, 1, 1, 1)),
                refused("hidden.glimpse must be in [1, 16384], got 0", () -> new HiddenSizes(1, 1, 0, 1, 1)),
                refused("hidden.core must be in [1, 16384], got 16385", () -> new HiddenSizes(1, 1, 1, 16385, 1)),
                refused("hidden.locator must be in [1, 16384], got -7", () -> new HiddenSizes(1, 1, 1, 1, -7)),
                refused("std must be positive and finite, got 0.0", () -> config(0, 10)),
                refused("std must be positive and finite, got NaN", () -> config(Double.NaN, 10)),
                refused("std must be in [0.0, 2.0], got 2.5", () -> config(2.5, 10)),
                refused("classes must be in [2, 100000], got 1", () -> config(0.1, 1)),
                refused(
                        "scales · patchSize² · channels must be at most 2147483647, got 17179869184",
                        () -> new RamConfig(
                                new ImageShape(1, 1, 1024),
                                new GlimpseConfig(1, 4096, 1, 1),
                                RamConfig.Core.RELU,
                                HiddenSizes.PAPER,
                                0.1,
                                10)),
                refused(
                        "scales · patchSize² · channels · hidden.patch must be at most 2147483647, got 2147483648",
                        () -> new RamConfig(
                                IMAGE,
                                new GlimpseConfig(1, 4096, 1, 1),
                                RamConfig.Core.RELU,
                                HiddenSizes.PAPER,
                                0.1,
                                10)),
                refused("x must be in [-1.0, 1.0], got 1.100000023841858", () -> new Location(1.1f, 0)),
                refused("y must be in [-1.0, 1.0], got NaN", () -> new Location(0, Float.NaN)),
                refused("mean must be in [-1000000.0, 1000000.0], got NaN", () -> Normalisation.of(Double.NaN, 1, 0)),
                refused("deviation must be in [1.0E-6, 1000000.0], got 0.0", () -> Normalisation.of(0, 0, 0)),
                refused(
                        "padding must be in [-1000000.0, 1000000.0], got Infinity",
                        () -> Normalisation.of(0, 1, Double.POSITIVE_INFINITY)),
                refused(
                        "labels must name 10 classes, got 2",
                        () -> RamSpec.of(
                                config(0.1, 10),
                                Normalisation.MNIST,
                                StartLocation.fixed(Location.CENTRE),
                                List.of("0", "1"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("violations")
    void aViolatedConstraintIsNamed(String message, Executable violation) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, violation).getMessage());
    }

    @Test
    void sizesFollowFromTheConfiguration() {
        assertEquals(561, TestModels.ODD.image().size());
        assertEquals(81, TestModels.ODD.glimpseSize());
        assertEquals(12, TestModels.ODD.glimpse().extent(2));
        assertEquals(64, TestModels.MNIST.glimpseSize());
        assertEquals("11×17×3", TestModels.ODD.image().toString());
    }

    @ParameterizedTest
    @CsvSource({"0, 28, 8, 10", "-1, 28, 8, -4", "1, 28, 8, 24", "1, 28, 7, 25", "0, 5, 3, 1", "0.999, 5, 1, 4"})
    void aPatchBeginsHalfItsSideBeforeItsCentre(float coordinate, int size, int extent, int first) {
        assertEquals(first, Location.firstPixel(coordinate, size, extent));
    }

    @Test
    void pixelsFromZeroToOneAreNormalisedAsTheyAre() {
        assertEquals(-0.42421293f, Normalisation.MNIST.apply(0, 0));
        assertEquals(0, Normalisation.of(0.5, 0.25, 0).apply(0.5, 0));
        assertEquals(2, Normalisation.of(0.5, 0.25, 0).apply(1, 0));
    }

    @Test
    void pixelsAreScaledAndThenNormalised() {
        float[] table = Normalisation.MNIST.table();
        assertEquals(256, table.length);
        assertEquals(-0.42421293f, table[0]);
        assertEquals(2.8214865f, table[255]);
        assertEquals(-0.42421293f, (float) Normalisation.MNIST.padding());
        assertArrayEquals(new float[] {0, 0.2f}, new float[] {
            Normalisation.of(0, 1, -9).table()[0], Normalisation.of(0, 1, -9).table()[51]
        });
    }

    private static RamConfig config(double std, int classes) {
        return new RamConfig(IMAGE, GLIMPSE, RamConfig.Core.RELU, HiddenSizes.PAPER, std, classes);
    }

    private static Arguments refused(String message, Executable violation) {
        return arguments(message, violation);
    }
}
