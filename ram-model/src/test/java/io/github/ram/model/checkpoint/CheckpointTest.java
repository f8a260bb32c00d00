package io.github.ram.model.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.ram.RolloutGraph;
import io.github.ram.model.ram.TestArrays;
import io.github.ram.model.ram.TestModels;
import io.github.ram.model.ram.network.RamConfig;
import io.github.ram.model.ram.network.Weights;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class CheckpointTest {

    @TempDir
    Path directory;

    static Stream<RamConfig> models() {
        return Stream.of(
                TestModels.ODD,
                TestModels.TINY,
                TestModels.withSteps(TestModels.TINY, 1),
                TestModels.withLstm(TestModels.TINY));
    }

    @ParameterizedTest
    @MethodSource("models")
    void aLoadedCheckpointPredictsTheSameBits(RamConfig config) {
        Checkpoint saved = Checkpoints.of(config);
        Path file = directory.resolve("model.ram");
        saved.save(file);

        Checkpoint loaded = Checkpoint.load(file);

        assertEquals(saved.manifest(), loaded.manifest());
        assertEquals(Checkpoints.predict(saved), Checkpoints.predict(loaded));
        saved.parameters()
                .arrays()
                .forEach((name, array) -> TestArrays.assertBits(
                        array, loaded.parameters().arrays().get(name), name));
    }

    @Test
    void aLoadedGraphRunsInSameDiffsOwnSession() {
        Path file = directory.resolve("model.ram");
        Checkpoint saved = Checkpoints.of(TestModels.TINY);
        saved.save(file);
        Map<String, INDArray> inputs = Map.of(
                RolloutGraph.IMAGES, Nd4j.ones(DataType.FLOAT, 2, 6, 5, 1),
                RolloutGraph.START, Nd4j.zeros(DataType.FLOAT, 2, 2),
                RolloutGraph.NOISE, Nd4j.ones(DataType.FLOAT, 2, 2, 2));

        TestArrays.assertBits(
                saved.graph().outputSingle(inputs, RolloutGraph.PROBABILITIES),
                Checkpoint.load(file).graph().outputSingle(inputs, RolloutGraph.PROBABILITIES),
                "probabilities");
    }

    @Test
    void anotherProcessLoadsAndRunsIt() throws IOException, InterruptedException {
        assertPredictsTheSame(System.getProperty("java.class.path"));
    }

    /** ND4J cannot even start without its native libraries; to predict on a processor needs none of them. */
    @Test
    void aProcessorNeedsNoNativeLibraryToRunIt() throws IOException, InterruptedException {
        String javaAlone = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("nd4j-native") && !entry.contains("openblas"))
                .collect(Collectors.joining(File.pathSeparator));
        assertNotEquals(System.getProperty("java.class.path"), javaAlone);
        assertPredictsTheSame(javaAlone);
    }

    private void assertPredictsTheSame(String classPath) throws IOException, InterruptedException {
        Path file = directory.resolve("model.ram");
        Checkpoint checkpoint = Checkpoints.of(TestModels.TINY);
        checkpoint.save(file);
        Path output = directory.resolve("output.txt");

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1", // it ends before better compiled code would pay
                        "-cp",
                        classPath,
                        LoadInOtherProcess.class.getName(),
                        file.toString(),
                        output.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log.txt").toFile())
                .start();

        try {
            assertEquals(0, process.waitFor(), () -> read(directory.resolve("log.txt")));
        } finally {
            process.destroyForcibly();
        }
        assertEquals(Checkpoints.predict(checkpoint).toString(), read(output));
    }

    /** Touches nothing of this project before it loads a checkpoint. */
    static final class LoadInOtherProcess {

        public static void main(String[] arguments) throws IOException {
            Checkpoint checkpoint = Checkpoint.load(Path.of(arguments[0]));
            Files.writeString(
                    Path.of(arguments[1]), Checkpoints.predict(checkpoint).toString());
        }
    }

    @Test
    void laterChangesOfTheWeightsDoNotReachIt() {
        Weights weights = Weights.initial(TestModels.TINY, 1);
        Checkpoint checkpoint = Checkpoint.of(
                "test",
                TestModels.spec(TestModels.TINY),
                weights.parameters(),
                new Provenance(null, "train", null, null, null));
        String before = Checkpoints.predict(checkpoint).toString();
        weights.arrays().values().forEach(array -> array.assign(1));
        assertEquals(before, Checkpoints.predict(checkpoint).toString());
    }

    @Test
    void weightsOfAnotherModelAreRefused() {
        Weights weights = Weights.initial(TestModels.ODD, 1);
        Provenance provenance = new Provenance(null, "train", null, null, null);
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> Checkpoint.of("test", TestModels.spec(TestModels.TINY), weights.parameters(), provenance))
                .getMessage();
        assertTrue(message.startsWith("the parameters belong to a model other than RamSpec["), message);
    }

    @Test
    void attachmentsAreKept() {
        Path file = directory.resolve("model.ram");
        byte[] state = {1, -2, 3};
        Checkpoints.of(TestModels.TINY)
                .with(Map.of("trainer.bin", state, "empty", new byte[0]))
                .save(file);

        Checkpoint loaded = Checkpoint.load(file);

        assertEquals(
                List.of("empty", "trainer.bin"),
                List.copyOf(loaded.attachments().keySet()));
        assertArrayEquals(state, loaded.attachments().get("trainer.bin"));
        assertArrayEquals(new byte[0], loaded.attachments().get("empty"));
        assertThrows(
                UnsupportedOperationException.class, () -> loaded.attachments().clear());
    }

    @Test
    void anAttachmentCannotTakeTheModelsPlace() {
        Checkpoint checkpoint = Checkpoints.of(TestModels.TINY);
        for (String name : List.of("manifest.json", "graph.fb")) {
            Map<String, byte[]> entries = Map.of(name, new byte[1]);
            String message = assertThrows(IllegalArgumentException.class, () -> checkpoint.with(entries))
                    .getMessage();
            assertEquals("the entry name " + name + " is reserved: choose another name", message);
        }
    }

    @Test
    void theSameCheckpointIsTheSameBytesWheneverAndWhereverItIsSaved() throws IOException {
        TimeZone zone = TimeZone.getDefault();
        try {
            byte[] first = bytes("Pacific/Auckland");
            byte[] second = bytes("America/New_York");
            assertArrayEquals(first, second);
            Path again = directory.resolve("again.ram");
            Checkpoint.load(directory.resolve("model.ram")).save(again);
            assertArrayEquals(first, Files.readAllBytes(again));
        } finally {
            TimeZone.setDefault(zone);
        }
    }

    private byte[] bytes(String zone) throws IOException {
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        Path file = directory.resolve("model.ram");
        Checkpoints.of(TestModels.TINY)
                .with(Map.of("b", new byte[] {1}, "a", new byte[] {2}, "c", new byte[] {3}))
                .save(file);
        return Files.readAllBytes(file);
    }

    @Test
    void itsVersionIsTheBeginningOfTheGraphsHash() {
        Checkpoint checkpoint = Checkpoints.of(TestModels.TINY);
        assertEquals(12, checkpoint.manifest().version().length());
        assertTrue(checkpoint
                .manifest()
                .graphSha256()
                .startsWith(checkpoint.manifest().version()));
        assertEquals("test " + checkpoint.manifest().version(), checkpoint.toString());
        assertFalse(checkpoint
                .manifest()
                .version()
                .equals(Checkpoints.of(TestModels.ODD).manifest().version()));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
