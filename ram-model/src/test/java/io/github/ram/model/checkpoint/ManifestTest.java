package io.github.ram.model.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.ram.RamSpec;
import io.github.ram.model.ram.TestModels;
import io.github.ram.model.ram.network.RamConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Manifests that are not what they should be. */
class ManifestTest {

    private static final JsonMapper MAPPER = new JsonMapper();

    @TempDir
    Path directory;

    private Path file;
    private Map<String, byte[]> entries;
    private ObjectNode manifest;

    @BeforeEach
    void save() throws IOException {
        file = directory.resolve("model.ram");
        Checkpoints.of(TestModels.TINY).save(file);
        entries = Checkpoints.entries(Files.readAllBytes(file));
        manifest = (ObjectNode) MAPPER.readTree(entries.get("manifest.json"));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "4, 4", "-1, -1", "'\"x\"', unknown", "null, unknown", "{}, unknown", "'', unknown"})
    void anotherFormatIsRefused(String version, String named) {
        if (version.isEmpty()) {
            manifest.remove("formatVersion");
        } else {
            manifest.set("formatVersion", MAPPER.readTree(version));
        }
        assertEquals(
                " has checkpoint format " + named
                        + ", this program reads formats 1 to 3: use the release that wrote the file",
                refusal());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "7", "\"text\""})
    void aManifestThatIsNoObjectIsRefused(String json) {
        assertTrue(refusal(json).startsWith(" has checkpoint format unknown, "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"formatVersion\": 1,}", "\u0000\u0001", "{'a': 1}"})
    void aManifestThatIsNoJsonIsRefused(String json) {
        assertTrue(refusal(json).startsWith(" has a manifest that cannot be read: "), refusal(json));
    }

    @Test
    void unknownFieldsAreTolerated() {
        manifest.put("added", "later");
        ((ObjectNode) manifest.at("/model/network/glimpse")).put("added", 3);
        write(manifest.toString());
        assertEquals("test", Checkpoint.load(file).manifest().name());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/name",
                "/model",
                "/provenance",
                "/graphSha256",
                "/model/network",
                "/model/input",
                "/model/start",
                "/model/labels",
                "/model/network/image",
                "/model/network/glimpse",
                "/model/network/hidden",
                "/model/network/std",
                "/model/network/classes",
                "/model/network/image/height",
                "/model/network/image/channels",
                "/model/network/glimpse/count",
                "/model/network/hidden/core",
                "/model/input/mean",
                "/model/input/deviation",
                "/model/input/padding",
                "/model/start/kind",
                "/model/start/location",
                "/model/start/location/x"
            })
    void aMissingFieldIsRefusedByName(String path) {
        int slash = path.lastIndexOf('/');
        String field = path.substring(slash + 1);
        ((ObjectNode) manifest.at(path.substring(0, slash))).remove(field);
        String refusal = refusal();
        assertTrue(refusal.startsWith(" has a manifest that cannot be read: "), refusal);
        assertTrue(
                refusal.contains(field + ": Cannot map `null`")
                        || refusal.endsWith(field + " is missing")
                        || refusal.endsWith("graphSha256 must be 64 hexadecimal digits, got null"),
                refusal);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/model/network/std | \"wide\" | model.network.std: Cannot coerce String value (\"wide\") to `double` value",
                "/model/network/classes | 3.5 | model.network.classes: ",
                "/model/network/classes | \"3\" | model.network.classes: ",
                "/model/network/image | [6, 5, 1] | ImageShape",
                "/model/labels | \"0123\" | ArrayList",
                "/model/network/core | \"GRU\" | GRU",
                "/model/start/kind | \"GUESSED\" | GUESSED",
                "/model/network/std | 0 | std must be positive and finite, got 0.0",
                "/model/network/hidden/core | -3 | hidden.core must be in [1, 16384], got -3",
                "/model/network/image/height | 2147483647 | height must be in [1, 65536], got 2147483647",
                "/model/labels | [\"0\"] | labels must name 3 classes, got 1",
                "/model/labels | [\"0\", null, \"2\"] | a label is missing",
                "/graphSha256 | \"abc\" | graphSha256 must be 64 hexadecimal digits, got abc"
            })
    void aWrongValueIsRefused(String path, String value, String named) {
        int slash = path.lastIndexOf('/');
        ((ObjectNode) manifest.at(path.substring(0, slash))).set(path.substring(slash + 1), MAPPER.readTree(value));
        String refusal = refusal();
        assertTrue(refusal.startsWith(" has a manifest that cannot be read: "), refusal);
        assertTrue(refusal.contains(named), refusal);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/model/network/image/height | 7 | the graph's input images must be [-1, 7, 5, 1], got [-1, 6, 5, 1]",
                "/model/network/glimpse/count | 4 | the graph's input noise must be [3, -1, 2], got [2, -1, 2]",
                "/model/network/glimpse/count | 1 | the graph must take 1 glimpses, it takes 3",
                "/model/network/glimpse/scaleFactor | 3 | the graph's sensor must take [2, 1, 3] and padding -0.5, it takes"
                        + " [2, 1, 1] and padding -0.5",
                "/model/input/padding | 0.25 | the graph's sensor must take [2, 1, 1] and padding 0.25, it takes [2, 1, 1]"
                        + " and padding -0.5",
                "/model/network/core | \"LSTM\" | the graph must hold rnn.i2h.weight as FLOAT [5, 16], got FLOAT [5, 4]",
                "/model/network/hidden/core | 5 | the graph must hold rnn.i2h.weight as FLOAT [5, 5], got FLOAT [5, 4]",
            })
    void aManifestThatDoesNotFitTheGraphIsRefused(String path, String value, String difference) {
        int slash = path.lastIndexOf('/');
        ((ObjectNode) manifest.at(path.substring(0, slash))).set(path.substring(slash + 1), MAPPER.readTree(value));
        assertEquals(" has a graph that differs from its manifest: " + difference, refusal());
    }

    @Test
    void aModelOfThePaperIsWrittenInTheFormatThatKnewNoOther() {
        assertEquals(1, manifest.get("formatVersion").intValue());
        ((ObjectNode) manifest.at("/model/network")).remove("core");
        write(manifest.toString());
        assertEquals(
                TestModels.spec(TestModels.TINY),
                Checkpoint.load(file).manifest().model());
    }

    @Test
    void aModelWithAnLstmIsWrittenInAFormatThatOlderReleasesRefuse() throws IOException {
        Checkpoints.of(TestModels.withLstm(TestModels.TINY)).save(file);
        JsonNode written =
                MAPPER.readTree(Checkpoints.entries(Files.readAllBytes(file)).get("manifest.json"));
        assertEquals(2, written.get("formatVersion").intValue());
        assertEquals("LSTM", written.at("/model/network/core").stringValue());
    }

    @Test
    void provenanceMayBeUnknown() {
        manifest.set("provenance", MAPPER.readTree("{}"));
        write(manifest.toString());
        assertEquals(
                new Provenance(null, null, null, null, null),
                Checkpoint.load(file).manifest().provenance());
    }

    @Test
    void whatIsMissingFromAModelIsNamed() {
        RamConfig config = TestModels.TINY;
        RamSpec spec = TestModels.spec(config);
        assertEquals(
                "labels",
                assertThrows(NullPointerException.class, () -> RamSpec.of(config, spec.input(), spec.start(), null))
                        .getMessage());
    }

    private String refusal() {
        return refusal(manifest.toString());
    }

    private String refusal(String json) {
        write(json);
        return Checkpoints.refusal(file);
    }

    private void write(String json) {
        entries.put("manifest.json", json.getBytes(StandardCharsets.UTF_8));
        Checkpoints.write(file, entries);
    }
}
