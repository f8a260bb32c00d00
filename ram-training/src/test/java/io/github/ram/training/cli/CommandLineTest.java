package io.github.ram.training.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.training.loop.SmallModel;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"train", "evaluate", "predict", "import", "export"})
    void everyCommandExplainsItself(String command) {
        Console console = Console.run(command, "--help");

        assertEquals(0, console.exit());
        assertTrue(console.out().get(0).startsWith("Usage: ram-training " + command + " [-hV]"), console.toString());
        assertEquals(List.of(), console.err());
    }

    @Test
    void theProgramExplainsItself() {
        Console console = Console.run("--help");

        assertEquals(0, console.exit());
        for (String command : List.of("train", "evaluate", "predict", "import", "export")) {
            assertTrue(console.out().stream().anyMatch(line -> line.startsWith("  " + command + " ")), command);
        }
    }

    @Test
    void theVersionIsOneLine() {
        Console console = Console.run("--version");

        assertEquals(0, console.exit());
        assertEquals(1, console.out().size());
        assertTrue(console.out().get(0).startsWith("ram-training "), console.toString());
    }

    @Test
    void withoutACommandTheProgramSaysHowItIsCalled() {
        Console console = Console.run();

        assertEquals(2, console.exit());
        assertEquals(List.of(), console.out());
        assertEquals("Usage: ram-training [-hV] COMMAND", console.err().get(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fly | Unmatched argument at index 0: 'fly'; see ram-training --help",
                "train --out X --fast | Unknown option: '--fast'; see ram-training train --help",
                "train | Missing required option: '--out=DIR'; see ram-training train --help",
                "train --out | Missing required parameter for option '--out' (DIR); see ram-training train --help",
                "train --out X --epochs many"
                        + " | Invalid value for option '--epochs': 'many' is not an int; see ram-training train --help",
                "train --out X --epochs -1 | epochs must be at least 1, got -1; see ram-training train --help",
                "train --out X --epochs 0 --resume | epochs must be at least 1, got 0; see ram-training train --help",
                "train --out X --batch-size -128 | batch-size must be at least 1, got -128; see ram-training train --help",
                "train --out X --threads 0 | threads must be at least 1, got 0; see ram-training train --help",
                "train --out X --patch-size 0"
                        + " | patchSize must be in [1, 4096], got 0; see ram-training train --help",
                "train --out X --glimpses -6 | glimpses must be in [1, 1000], got -6; see ram-training train --help",
                "train --out X --scales 2 --scale-factor 1"
                        + " | scaleFactor must be in [2, 4096], got 1; see ram-training train --help",
                "train --out X --core gru | Invalid value for option '--core': expected one of [RELU, LSTM] (case-insensitive)"
                        + " but was 'gru'; see ram-training train --help",
                "train --out X --std 0 | std must be positive and finite, got 0.0; see ram-training train --help",
                "train --out X --std NaN | std must be positive and finite, got NaN; see ram-training train --help",
                "train --out X --learning-rate 20"
                        + " | learning-rate must be in [4.9E-324, 10.0], got 20.0; see ram-training train --help",
                "train --out X --patience 0 | patience must be at least 1, got 0; see ram-training train --help",
                "train --out X --start 0.5"
                        + " | --start must be X,Y, each in [-1, 1], got 0.5; see ram-training train --help",
                "train --out X --start 0,1.5"
                        + " | --start must be X,Y, each in [-1, 1], got 0,1.5; see ram-training train --help",
                "train --out X --start NaN,0"
                        + " | --start must be X,Y, each in [-1, 1], got NaN,0; see ram-training train --help",
                "train --out X --dataset cifar"
                        + " | no data set is called cifar: choose one of mnist, digits, fashion, translated[-SIDE],"
                        + " cluttered[-SIDE[-PIECES]], strokes, cifar10, cifar100, shapes, folder or idx; see ram-training train --help",
                "train --out X --dataset shapes --model resnet20 --image-size 0"
                        + " | --image-size must be in [1, 4096], got 0; see ram-training train --help",
                "train --out X --dataset shapes --model resnet20 --image-size 4097"
                        + " | --image-size must be in [1, 4096], got 4097; see ram-training train --help",
                "train --out X --dataset shapes --model resnet20 --channels 2"
                        + " | --channels must be 1 (grey) or 3 (RGB), got 2; see ram-training train --help",
                "train --out X --dataset shapes --attention nam"
                        + " | --attention does not belong to --model ram; see ram-training train --help",
                "train --out X --dataset shapes --model resnet18 --glimpses 3"
                        + " | --glimpses does not belong to --model resnet18; see ram-training train --help",
                "train --out X --dataset shapes --model resnet20 --non-local gaussian --non-local-stage 4"
                        + " | stage must be in [1, 3], got 4; see ram-training train --help",
                "train --out X --dataset shapes --model resnet20 --image-size 91 --non-local gaussian --non-local-stage 1"
                        + " --stem small | a non-local block takes at most 67108864 pairs of positions; an image of"
                        + " 91×91×3 has 68574961 after stage 1: choose smaller images or a later stage;"
                        + " see ram-training train --help",
                "train --out X --dataset shapes --model resnet20 --image-size 4 --non-local gaussian --non-local-stage 3"
                        + " --sub-sample | a sub-sampled non-local block needs at least 2×2 positions; an image of 4×4×3"
                        + " has 1×1 after stage 3: choose larger images or an earlier stage;"
                        + " see ram-training train --help",
                "evaluate --split best | Invalid value for option '--split': expected one of [TRAIN, VALIDATION, TEST]"
                        + " (case-insensitive) but was 'best'; see ram-training evaluate --help",
                "import --npz X --layout keras --out Y | Invalid value for option '--layout': expected one of"
                        + " [PYTORCH, PADDLE] (case-insensitive) but was 'keras'; see ram-training import --help",
                "import --npz X --layout paddle --out Y --deviation 0"
                        + " | deviation must be in [1.0E-6, 1000000.0], got 0.0; see ram-training import --help",
                "import --npz X --layout paddle --out Y --patch-size -3"
                        + " | patchSize must be in [1, 4096], got -3; see ram-training import --help",
                "import --npz X --layout paddle --out Y --start here"
                        + " | --start must be X,Y, each in [-1, 1], got here; see ram-training import --help",
                "import --npz X --layout paddle | Missing required option: '--out=FILE'; see ram-training import --help",
                "predict | Missing required parameter: 'IMAGE'; see ram-training predict --help",
                "predict a.png b.png --picture c.png"
                        + " | --picture takes one image, got 2; see ram-training predict --help",
                "export | export writes one file: name it with --npz or with --onnx; see ram-training export --help",
                "export --npz X --onnx Y | export writes one file: name it with --npz or with --onnx;"
                        + " see ram-training export --help"
            })
    void aCommandThatIsCalledWronglySaysWhyInOneLine(String arguments, String message) {
        Console console = Console.run(arguments.split(" "));

        assertEquals(List.of("error: " + message), console.err());
        assertEquals(2, console.exit());
        assertEquals(List.of(), console.out());
        assertTrue(Files.notExists(Path.of("X")));
    }

    @ParameterizedTest
    @CsvSource({
        "evaluate --rollouts 0, 'rollouts must be in [1, 1000], got 0'",
        "evaluate --rollouts 1001, 'rollouts must be in [1, 1000], got 1001'",
        "evaluate --threads -2, 'threads must be at least 1, got -2'",
        "evaluate --dataset cifar, 'no data set is called cifar: choose one of mnist, digits, fashion, translated[-SIDE],"
                + " cluttered[-SIDE[-PIECES]], strokes, cifar10, cifar100, shapes, folder or idx'"
    })
    void evaluateRefusesWhatItCannotDo(String arguments, String message) {
        Console console = Console.run((arguments + " --checkpoint " + SmallModel.in(directory)).split(" "));

        assertEquals(List.of("error: " + message + "; see ram-training evaluate --help"), console.err());
        assertEquals(2, console.exit());
    }

    @ParameterizedTest
    @CsvSource({
        "--rollouts 5, 'the model sees the whole image at once and has no rollouts: leave rollouts out, got 5'",
        "--engine blas, 'the engine of this model must be one of auto, onnxruntime, samediff, got blas'"
    })
    void evaluateRefusesWhatAModelWithSoftAttentionCannotDo(String arguments, String message) {
        String model = SmallModel.ofPictures(directory);
        Console console = Console.run(("evaluate --dataset shapes --checkpoint " + model + " " + arguments).split(" "));

        assertEquals(List.of("error: " + message + "; see ram-training evaluate --help"), console.err());
        assertEquals(2, console.exit());
    }

    @Test
    void aDataSetOfOtherClassesIsRefused() {
        Console console =
                Console.run("evaluate", "--dataset", "shapes", "--checkpoint", SmallModel.ofPictures(directory));

        assertEquals(
                new Console(
                        1,
                        List.of(),
                        List.of("error: shapes test has 6 classes, the model knows 3:"
                                + " choose the data set that the model was trained on")),
                console);
    }

    @Test
    void tooLittleMemoryIsOneLine() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx32m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "train",
                        "--dataset",
                        "shapes",
                        "--model",
                        "resnet20",
                        "--image-size",
                        "4096",
                        "--out",
                        directory.resolve("run").toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> errors;
        try (BufferedReader lines = process.errorReader()) {
            errors = lines.lines().filter(line -> !line.startsWith("WARNING: ")).toList();
        }

        assertEquals(1, process.waitFor(), errors.toString());
        assertEquals(
                List.of("error: the memory is not enough (Java heap space): choose a smaller --batch-size or"
                        + " --image-size, or give Java more memory by -Xmx"),
                errors);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evaluate", "predict digit.png", "export --npz weights.npz", "export --onnx model.onnx"})
    void aCheckpointThatIsNotThereIsNamed(String arguments) {
        Console console = Console.run((arguments + " --checkpoint /no/such.ram").split(" "));

        assertEquals(1, console.err().size());
        assertTrue(console.err()
                .get(0)
                .startsWith(
                        "error: /no/such.ram: no such checkpoint; give a file or one of the bundled models: mnist"));
        assertEquals(1, console.exit());
        assertEquals(List.of(), console.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"train --dataset mnist --out OUT", "evaluate --checkpoint MODEL --dataset mnist"})
    void dataThatIsNotThereIsNamed(String arguments) {
        String command = arguments
                .replace("OUT", directory.resolve("run").toString())
                .replace("MODEL", SmallModel.in(directory));

        Console console = Console.run((command + " --data " + directory).split(" "));

        assertEquals(1, console.exit());
        assertEquals(1, console.err().size(), console.toString());
        assertTrue(console.err().get(0).startsWith("error: "), console.toString());
        assertTrue(console.err().get(0).contains(directory.toString()), console.toString());
        assertEquals(List.of(), console.out());
    }
}
