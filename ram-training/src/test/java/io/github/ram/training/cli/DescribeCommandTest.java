package io.github.ram.training.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.training.loop.SmallModel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescribeCommandTest {

    @ParameterizedTest
    @CsvSource({
        "resnet50 --attention nam, 23735460, 83328",
        "resnet50, 23705252, 53120",
    })
    void aResidualNetworkOf100ClassesHasTheKnownNumberOfParameters(String model, long trainable, long statistics) {
        Console console = Console.run(("describe --classes 100 --json --model " + model).split(" "));

        assertEquals(0, console.exit(), console.toString());
        assertEquals(trainable, console.json().get("trainable").asLong());
        assertEquals(statistics, console.json().get("statistics").asLong());
        assertEquals("resnet", console.json().get("family").asString());
    }

    @Test
    void thePapersModelTakesTheMultiplyAddsOfItsLayers() {
        Console console = Console.run("describe", "--image-size", "28", "--channels", "1", "--json");

        assertEquals(242_317, console.json().get("trainable").asLong());
        assertEquals(0, console.json().get("statistics").asLong());
        // Six of 64·128 + 2·128 + 2·128·256 + 256·256, five of 256·256 + 256·128 + 128·2, and 256·10.
        assertEquals(1_332_480, console.json().get("multiplyAdds").asLong());
    }

    @Test
    void aCheckpointIsDescribedWithEveryParameter(@TempDir Path folder) {
        Console console = Console.run("describe", "--checkpoint", SmallModel.in(folder));

        assertEquals(0, console.exit(), console.toString());
        assertTrue(console.out().stream().anyMatch(line -> line.startsWith("locator.fc.weight")), console.toString());
        assertTrue(
                console.out().get(console.out().size() - 1).contains("0 statistics"),
                () -> console.out().get(console.out().size() - 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--model resnet20 --glimpses 3 | --glimpses does not belong to --model resnet20",
                "--non-local gaussian | --non-local does not belong to --model ram",
                "--model resnet21 | depth must be one of [18, 20, 32, 34, 44, 50, 56, 101, 152], got 21",
                "--checkpoint mnist --glimpses 3 | --glimpses describes a model, and so does --checkpoint; give one of them",
                "--model vgg | no model is called vgg: choose ram or resnet18, 34, 50, 101, 152, 20, 32, 44, 56",
                "--model resnet18 --non-local gaussian --control-block"
                        + " | --control-block stands in place of --non-local; give one of them",
                "--model resnet18 --attention se | Invalid value for option '--attention': expected one of none, nam,"
                        + " nam-pixel, nam-both but was 'se'"
            })
    void whatDescribesNoModelIsRefused(String arguments, String message) {
        Console console = Console.run(("describe " + arguments).split(" "));

        assertEquals(List.of("error: " + message + "; see ram-training describe --help"), console.err());
        assertEquals(2, console.exit());
    }
}
