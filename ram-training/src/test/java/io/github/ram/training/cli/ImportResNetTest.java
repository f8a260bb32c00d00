package io.github.ram.training.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.Classifier;
import io.github.ram.model.EngineChoice;
import io.github.ram.model.Normalisation;
import io.github.ram.model.Prediction;
import io.github.ram.model.Query;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.training.npz.Npz;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Archives of a residual network with both kinds of attention and a non-local block.
 *
 * <p>{@code pytorch-names.txt} holds the names and shapes of PyTorch's {@code state_dict()} for this network. The
 * expected probabilities are those of PyTorch 2.15, in double precision, with the values of {@link #values}.
 */
class ImportResNetTest {

    private static final List<String> MODEL = List.of(
            "--model",
            "resnet20",
            "--width",
            "2",
            "--attention",
            "nam-both",
            "--image-size",
            "6",
            "--non-local",
            "concatenation",
            "--non-local-width",
            "full",
            "--non-local-stage",
            "2");

    private static final List<String> INPUT = List.of("--mean", "0.4,0.5", "--deviation", "0.2,0.25");

    @TempDir
    Path directory;

    private Path npz;
    private Path out;

    @BeforeEach
    void writeArchive() throws IOException {
        npz = directory.resolve("weights.npz");
        out = directory.resolve("imported.ram");
        Npz.write(npz, pytorch());
    }

    /** A sine per array, by its name: scales and variances around 1, kernels of the usual size. */
    private static float[] values(String name, int[] shape) {
        int count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        int phase = name.chars().sum() % 1000;
        double size = shape.length > 1 ? Math.sqrt(3.0 * shape[0] / count) : 0.5;
        boolean isScale = shape.length == 1 && (name.endsWith(".weight") || name.endsWith("_var"));
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            double factor = name.equals("fc.weight") ? size / 500 : size;
            values[i] = (float) ((isScale ? 1 : 0) + factor * Math.sin(0.7 * i + phase));
        }
        return values;
    }

    private static Map<String, Npz.Array> pytorch() throws IOException {
        Map<String, Npz.Array> arrays = new LinkedHashMap<>();
        try (InputStream names = ImportResNetTest.class.getResourceAsStream("pytorch-names.txt")) {
            new String(names.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(line -> {
                String[] words = line.split(" ");
                int[] shape =
                        Arrays.stream(words).skip(1).mapToInt(Integer::parseInt).toArray();
                arrays.put(words[0], new Npz.Array(shape, values(words[0], shape)));
            });
        }
        return arrays;
    }

    private Console importing(String layout, List<String> model, List<String> more) {
        List<String> arguments = new ArrayList<>(
                List.of("import", "--npz", npz.toString(), "--layout", layout, "--out", out.toString()));
        arguments.addAll(model);
        arguments.addAll(more);
        return Console.run(arguments.toArray(String[]::new));
    }

    private Console exporting(String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("export", "--checkpoint", out.toString(), "--npz", npz.toString()));
        arguments.addAll(List.of(more));
        return Console.run(arguments.toArray(String[]::new));
    }

    @ParameterizedTest
    @EnumSource(names = {"SAMEDIFF", "ONNXRUNTIME"})
    void anImportedModelAnswersAsPyTorchDoes(EngineChoice engine) {
        assertEquals(0, importing("pytorch", MODEL, INPUT).exit());

        Checkpoint model = Checkpoint.load(out);
        List<Query> queries = new ArrayList<>();
        for (int b = 0; b < 2; b++) {
            byte[] pixels = new byte[72];
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = (byte) ((72 * b + i) * 37 % 256);
            }
            queries.add(model.model().query(pixels, 1));
        }
        try (Classifier classifier = model.classifier(engine, 2)) {
            List<Prediction> answers = classifier.predict(queries);
            assertArrayEquals(new double[] {0.03934758, 0.1998926, 0.76075982}, probabilities(answers.get(0)), 1e-5);
            assertArrayEquals(new double[] {0.26118727, 0.34050609, 0.39830665}, probabilities(answers.get(1)), 1e-5);
        }
    }

    private static double[] probabilities(Prediction prediction) {
        return prediction.probabilities().stream()
                .mapToDouble(Float::doubleValue)
                .toArray();
    }

    @Test
    void theManifestSaysWhatWasGiven() {
        importing("pytorch", MODEL, INPUT);

        var manifest = Checkpoint.load(out).manifest();
        assertEquals("resnet", manifest.name());
        assertEquals(
                new Normalisation(List.of(0.4, 0.5), List.of(0.2, 0.25), 0),
                manifest.model().input());
        assertEquals(List.of("0", "1", "2"), manifest.model().labels());
        assertEquals(2, manifest.model().image().channels());
        assertEquals(6, manifest.model().image().height());
    }

    @Test
    void aDataSetOfOnesOwnFilesGivesItsNameAlone() {
        List<String> input = new ArrayList<>(INPUT);
        input.addAll(List.of("--dataset", "folder"));

        assertEquals(0, importing("pytorch", MODEL, input).exit());

        var manifest = Checkpoint.load(out).manifest();
        assertEquals("resnet-folder", manifest.name());
        assertEquals(List.of("0", "1", "2"), manifest.model().labels());
    }

    @Test
    void anExportedArchiveHoldsWhatWasImported() throws IOException {
        importing("pytorch", MODEL, INPUT);
        Map<String, Npz.Array> expected = pytorch();
        expected.keySet().removeIf(name -> name.endsWith(".num_batches_tracked"));

        assertEquals(0, exporting("--layout", "pytorch").exit());

        Map<String, Npz.Array> found = Npz.read(npz);
        assertEquals(expected.keySet(), found.keySet());
        expected.forEach((name, array) -> {
            assertArrayEquals(array.shape(), found.get(name).shape(), name);
            assertArrayEquals(array.values(), found.get(name).values(), name);
        });
    }

    @Test
    void paddlesArchiveHasPaddlesNamesAndOrderAndIsImportedAsTheSameModel() {
        importing("pytorch", MODEL, INPUT);
        String graph = Checkpoint.load(out).manifest().graphSha256();

        assertEquals(0, exporting().exit());
        Map<String, Npz.Array> arrays = Npz.read(npz);
        assertArrayEquals(new int[] {8, 3}, arrays.get("fc.weight").shape());
        assertArrayEquals(
                new int[] {2}, arrays.get("layer1.0.nam.Channel_Att.bn2._mean").shape());
        assertArrayEquals(
                new int[] {36},
                arrays.get("layer1.0.nam.Spatial_Att.bn2._variance").shape());
        assertFalse(arrays.keySet().stream().anyMatch(name -> name.contains("running")));
        assertEquals(0, importing("paddle", MODEL, INPUT).exit());
        assertEquals(graph, Checkpoint.load(out).manifest().graphSha256());
    }

    private void rejected(String message, Consumer<Map<String, Npz.Array>> change) throws IOException {
        Map<String, Npz.Array> arrays = pytorch();
        change.accept(arrays);
        Npz.write(npz, arrays);

        Console console = importing("pytorch", MODEL, INPUT);

        assertEquals(1, console.exit());
        assertEquals(1, console.err().size(), console.toString());
        assertTrue(console.err().get(0).startsWith("error: " + npz + message), console.toString());
        assertFalse(Files.exists(out));
    }

    @Test
    void aMissingArrayIsNamed() throws IOException {
        rejected(
                " holds no array layer2.nonlocal.v.weight; it holds conv1.weight, bn1.weight, ",
                arrays -> arrays.remove("layer2.nonlocal.v.weight"));
    }

    @Test
    void anArrayOfAnotherShapeIsNamedWithBothShapes() throws IOException {
        rejected(
                ": array layer2.0.downsample.0.weight must have shape [4, 2, 1, 1] in layout pytorch, got [4, 2];"
                        + " check --layout, --model and its options",
                arrays -> arrays.put("layer2.0.downsample.0.weight", new Npz.Array(new int[] {4, 2}, new float[8])));
    }

    @Test
    void allArraysThatTheModelDoesNotHaveAreNamed() throws IOException {
        rejected(
                " holds arrays that the model does not have: conv1.bias, epoch; leave them out, or check --layout,"
                        + " --model and its options",
                arrays -> {
                    arrays.put("conv1.bias", new Npz.Array(new int[] {2}, new float[2]));
                    arrays.put("epoch", new Npz.Array(new int[0], new float[1]));
                });
    }

    @Test
    void anArchiveOfAnotherFamilyIsRejected() {
        Console console = importing("pytorch", List.of("--model", "ram"), List.of());

        assertEquals(1, console.exit());
        assertTrue(
                console.err()
                        .get(0)
                        .startsWith("error: " + npz + " holds no array classifier.fc.bias; it holds conv1."),
                console.toString());
        assertTrue(
                console.err().get(0).endsWith("; check --layout, --model, --patch-size and --scales"),
                console.toString());
    }

    @Test
    void aDataSetOfOtherClassesIsRejected() {
        List<String> input = new ArrayList<>(INPUT);
        input.addAll(List.of("--dataset", "cifar10"));

        Console console = importing("pytorch", MODEL, input);

        assertEquals(2, console.exit());
        assertEquals(
                List.of("error: cifar10 has 10 classes, and the model 3: give the --dataset of the model's training,"
                        + " or leave it out; see ram-training import --help"),
                console.err());
        assertFalse(Files.exists(out));
    }

    @Test
    void optionsOfTheOtherFamilyAreRejected() {
        Console console = importing("pytorch", MODEL, List.of("--start", "0,0"));

        assertEquals(2, console.exit());
        assertEquals(
                List.of("error: --start does not belong to --model resnet20; see ram-training import --help"),
                console.err());
    }

    @Test
    void aResidualNetworkNeedsItsNormalisation() {
        Console console = importing("pytorch", MODEL, List.of("--mean", "0.5"));

        assertEquals(2, console.exit());
        assertEquals(
                List.of("error: a residual network needs the --mean and the --deviation of its training;"
                        + " see ram-training import --help"),
                console.err());
    }

    @Test
    void meansMustFitTheChannels() {
        Console console = importing("pytorch", MODEL, List.of("--mean", "1,2,3", "--deviation", "1,2,3"));

        assertEquals(2, console.exit());
        assertEquals(
                List.of("error: mean and deviation must have 1 or 2 values, got 3; see ram-training import --help"),
                console.err());
    }
}
