package io.github.ram.training.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.Classifier;
import io.github.ram.model.Normalisation;
import io.github.ram.model.Prediction;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.model.ram.RamSpec;
import io.github.ram.model.ram.StartLocation;
import io.github.ram.model.ram.network.Location;
import io.github.ram.model.ram.network.RamConfig;
import io.github.ram.training.loop.SmallModel;
import io.github.ram.training.npz.Npz;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Archives written by NumPy, and the answers of a forward pass in NumPy: see {@code make_fixtures.py}. */
class ImportExportTest {

    @TempDir
    Path directory;

    private Path out;

    @BeforeEach
    void chooseOut() {
        out = directory.resolve("imported.ram");
    }

    private static Path fixture(String name) {
        try {
            return Path.of(ImportExportTest.class.getResource("numpy/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private Console importing(Path npz, String layout, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("import", "--npz", npz.toString(), "--layout", layout, "--out", out.toString()));
        arguments.addAll(List.of("--patch-size", "3", "--glimpses", "4"));
        arguments.addAll(List.of("--mean", "0.2", "--deviation", "0.4", "--padding", "-0.3", "--start", "0.25,-0.5"));
        arguments.addAll(List.of(more));
        return Console.run(arguments.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({
        "paddle-float32.npz, paddle",
        "paddle-big-endian.npz, PADDLE",
        "paddle-fortran.npz, paddle",
        "pytorch-float64.npz, pytorch",
        "pytorch-compressed.npz, PyTorch"
    })
    void anImportedModelAnswersAsNumPyDoes(String archive, String layout) throws IOException {
        assertEquals(
                new Console(0, List.of(out + ": 380 weights from " + fixture(archive)), List.of()),
                importing(fixture(archive), layout));

        Checkpoint model = Checkpoint.load(out);
        JsonNode answers = JsonMapper.builder().build().readTree(Files.readString(fixture("expected.json")));
        assertEquals(3, answers.size());
        try (Classifier classifier = model.classifier()) {
            for (JsonNode answer : answers) {
                byte[] pixels = new byte[784];
                for (int i = 0; i < pixels.length; i++) {
                    pixels[i] = (byte) answer.get("pixels").get(i).asInt();
                }
                Prediction prediction = classifier.predict(model.model().query(pixels, 1));
                for (int c = 0; c < 10; c++) {
                    assertEquals(
                            answer.get("probabilities").get(c).asDouble(),
                            prediction.probabilities().get(c),
                            1e-5);
                }
                assertEquals(4, prediction.glimpses().size());
                for (int t = 0; t < 4; t++) {
                    JsonNode location = answer.get("locations").get(t);
                    assertEquals(
                            location.get(0).asDouble(),
                            prediction.glimpses().get(t).x(),
                            1e-5);
                    assertEquals(
                            location.get(1).asDouble(),
                            prediction.glimpses().get(t).y(),
                            1e-5);
                }
            }
        }
    }

    @Test
    void everyWayOfStoringTheWeightsGivesTheSameGraph() {
        List<String> graphs = new ArrayList<>();
        for (String archive : List.of(
                "paddle-float32", "paddle-big-endian", "paddle-fortran", "pytorch-float64", "pytorch-compressed")) {
            importing(fixture(archive + ".npz"), archive.substring(0, archive.indexOf('-')));
            graphs.add(Checkpoint.load(out).manifest().graphSha256());
        }

        assertEquals(1, graphs.stream().distinct().count(), graphs.toString());
    }

    @Test
    void theManifestSaysWhatWasGiven() {
        Console console = importing(fixture("paddle-float32.npz"), "paddle", "--std", "0.07", "--json");

        assertEquals(380, console.json().get("weights").asInt());
        assertEquals(out.toString(), console.json().get("checkpoint").asString());
        var manifest = Checkpoint.load(out).manifest();
        assertEquals("ram-mnist", manifest.name());
        assertEquals("mnist", manifest.provenance().dataset());
        assertEquals(
                "import --npz paddle-float32.npz --layout paddle",
                manifest.provenance().command());
        assertEquals(Normalisation.of(0.2, 0.4, -0.3), manifest.model().input());
        assertEquals(StartLocation.fixed(new Location(0.25f, -0.5f)), ((RamSpec) manifest.model()).start());
        assertEquals(0.07, ((RamSpec) manifest.model()).network().std());
        assertEquals(4, ((RamSpec) manifest.model()).network().steps());
        assertEquals(
                List.of(5, 4, 7, 6, 8),
                hidden(((RamSpec) manifest.model()).network().hidden()));
    }

    private static List<Integer> hidden(io.github.ram.model.ram.network.HiddenSizes sizes) {
        return List.of(sizes.patch(), sizes.location(), sizes.glimpse(), sizes.core(), sizes.locator());
    }

    @ParameterizedTest
    @CsvSource({"paddle, RELU", "pytorch, RELU", "paddle, LSTM", "pytorch, LSTM"})
    void anExportedModelIsImportedAsItWas(String layout, RamConfig.Core core) {
        RamConfig network = core == RamConfig.Core.LSTM ? SmallModel.lstm() : SmallModel.NETWORK;
        Path npz = directory.resolve("weights.npz");
        Console exported = Console.run(
                "export", "--checkpoint", SmallModel.in(directory, network), "--npz", npz.toString(), "--json");
        assertEquals(0, exported.exit(), exported.toString());
        assertEquals(20, exported.json().get("arrays").asInt());
        if (layout.equals("pytorch")) {
            change(npz, arrays -> arrays.replaceAll((name, array) -> transposed(array)));
        }

        Console imported = Console.run(
                "import",
                "--npz",
                npz.toString(),
                "--layout",
                layout,
                "--out",
                out.toString(),
                "--dataset",
                "strokes",
                "--glimpses",
                "3",
                "--patch-size",
                "5",
                "--scales",
                "2",
                "--std",
                "0.2",
                "--padding",
                Double.toString(Normalisation.MNIST.padding()));

        assertEquals(0, imported.exit(), imported.toString());
        assertEquals(
                SmallModel.checkpoint("strokes", network).manifest().graphSha256(),
                Checkpoint.load(out).manifest().graphSha256());
    }

    private static Npz.Array transposed(Npz.Array array) {
        int[] shape = array.shape();
        return shape.length == 1
                ? array
                : new Npz.Array(new int[] {shape[1], shape[0]}, Npz.transposed(array.values(), shape[0], shape[1]));
    }

    private static void change(Path npz, Consumer<Map<String, Npz.Array>> change) {
        Map<String, Npz.Array> arrays = new LinkedHashMap<>(Npz.read(npz));
        change.accept(arrays);
        Npz.write(npz, arrays);
    }

    /** Imports the archive with something wrong in it, and expects that to be said. */
    private void refused(String layout, String message, Consumer<Map<String, Npz.Array>> change) throws IOException {
        Path npz = directory.resolve("bad.npz");
        Files.copy(fixture("paddle-float32.npz"), npz);
        change(npz, change);

        assertEquals(new Console(1, List.of(), List.of("error: " + npz + message)), importing(npz, layout));
        assertFalse(Files.exists(out));
    }

    @Test
    void aMissingWeightIsNamed() throws IOException {
        refused(
                "paddle",
                " holds no array rnn.h2h.weight; it holds sensor.fc1.weight, sensor.fc1.bias, sensor.fc2.weight,"
                        + " sensor.fc2.bias, sensor.fc3.weight, sensor.fc3.bias, sensor.fc4.weight, sensor.fc4.bias,"
                        + " rnn.i2h.weight, rnn.i2h.bias, rnn.h2h.bias, locator.fc.weight, locator.fc.bias,"
                        + " locator.fc_lt.weight, locator.fc_lt.bias, baseliner.fc.weight, baseliner.fc.bias,"
                        + " classifier.fc.weight, classifier.fc.bias; check --layout, --model, --patch-size"
                        + " and --scales",
                arrays -> arrays.remove("rnn.h2h.weight"));
    }

    @Test
    void aMissingBiasIsNamed() throws IOException {
        String message = " holds no array classifier.fc.bias; it holds sensor.fc1.bias; check --layout, --model,"
                + " --patch-size and --scales";
        refused("paddle", message, arrays -> {
            arrays.clear();
            arrays.put("sensor.fc1.bias", new Npz.Array(new int[] {1}, new float[1]));
        });
    }

    @Test
    void anArrayOfAnotherShapeIsNamedWithBothShapes() throws IOException {
        refused(
                "paddle",
                ": array sensor.fc4.weight must have shape [4, 7] in layout paddle, got [4, 6];"
                        + " check --layout, --model, --patch-size and --scales",
                arrays -> arrays.put("sensor.fc4.weight", new Npz.Array(new int[] {4, 6}, new float[24])));
    }

    @Test
    void anArrayNoModelHasIsNamed() throws IOException {
        refused(
                "paddle",
                " holds arrays that the model does not have: epoch; leave them out, or check --layout, --model,"
                        + " --patch-size and --scales",
                arrays -> arrays.put("epoch", new Npz.Array(new int[0], new float[] {7})));
    }

    @Test
    void anEmptyBiasIsNamed() throws IOException {
        refused(
                "paddle",
                ": array sensor.fc2.bias is empty",
                arrays -> arrays.put("sensor.fc2.bias", new Npz.Array(new int[] {0}, new float[0])));
    }

    @Test
    void aWeightThatIsNoNumberIsNamed() throws IOException {
        refused(
                "paddle",
                ": array baseliner.fc.bias holds NaN, but weights must be finite",
                arrays -> arrays.put("baseliner.fc.bias", new Npz.Array(new int[] {1}, new float[] {Float.NaN})));
    }

    @Test
    void aLayoutMixedUpIsToldByTheShapesInTheFile() throws IOException {
        refused(
                "pytorch",
                ": array sensor.fc1.weight must have shape [5, 9] in layout pytorch, got [9, 5];"
                        + " check --layout, --model, --patch-size and --scales",
                arrays -> {});
    }

    @Test
    void anotherPatchSizeIsToldByTheShapesInTheFile() {
        Console console = importing(fixture("paddle-float32.npz"), "paddle", "--scales", "2");

        assertEquals(1, console.exit());
        assertEquals(
                List.of("error: " + fixture("paddle-float32.npz")
                        + ": array sensor.fc1.weight must have shape [18, 5] in layout paddle, got [9, 5];"
                        + " check --layout, --model, --patch-size and --scales"),
                console.err());
    }

    @Test
    void integersAreNoWeights() {
        Console console = importing(fixture("integers.npz"), "paddle");

        assertEquals(1, console.exit());
        assertTrue(
                console.err()
                        .get(0)
                        .startsWith("error: " + fixture("integers.npz")
                                + ": array sensor.fc2.bias must have float32 or float64 values, its header is "),
                console.toString());
        assertFalse(Files.exists(out));
    }

    @Test
    void aFolderThatCannotBeWrittenToIsNamed() throws IOException {
        Path file = Files.createFile(directory.resolve("a file"));
        out = file.resolve("model.ram");

        Console console = importing(fixture("paddle-float32.npz"), "paddle");

        assertEquals(1, console.exit());
        assertEquals(1, console.err().size());
        assertTrue(console.err().get(0).startsWith("error: " + out + " cannot be written: "), console.toString());
    }
}
