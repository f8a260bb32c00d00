package io.github.ram.model.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.ram.TestModels;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A message of one line describes each fault of a file. A damaged file never loads as another model. */
class CheckpointDamageTest {

    @TempDir
    Path directory;

    private Path file;
    private byte[] whole;
    private Checkpoint checkpoint;

    @BeforeEach
    void save() throws IOException {
        file = directory.resolve("model.ram");
        checkpoint = Checkpoints.of(TestModels.TINY);
        checkpoint.with(Map.of("state", new byte[] {1, 2, 3})).save(file);
        whole = Files.readAllBytes(file);
    }

    @Test
    void aFileCutShortAnywhereIsRefused() throws IOException {
        for (int length = 0; length < whole.length; length += length < 60 || length > whole.length - 60 ? 1 : 41) {
            Files.write(file, Arrays.copyOf(whole, length));
            String refusal = Checkpoints.refusal(file);
            String expected = length < 4
                    ? " is not a checkpoint: it does not start with a ZIP header (" + length + " bytes)"
                    : " is truncated: it ends after " + length + " bytes, before its directory; fetch it again";
            assertEquals(expected, refusal);
        }
    }

    @Test
    void aFlippedByteIsRefusedOrChangesNothing() throws IOException {
        int refused = 0;
        int tried = 0;
        int[] masks = {0x01, 0x80, 0xff, 0x08};
        for (int at = 0; at < whole.length; at += at < 60 || at > whole.length - 60 ? 1 : 23) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) masks[tried++ % masks.length];
            Files.write(file, damaged);
            try {
                Checkpoint loaded = Checkpoint.load(file);
                assertEquals(checkpoint.manifest(), loaded.manifest(), "byte " + at);
                assertEquals(
                        checkpoint.parameters().arrays(), loaded.parameters().arrays(), "byte " + at);
            } catch (CheckpointException e) {
                assertTrue(e.getMessage().startsWith(file + " "), e.getMessage());
                assertEquals(1, e.getMessage().lines().count(), e.getMessage());
                refused++;
            }
        }
        assertTrue(refused > tried / 2, refused + " of " + tried);
    }

    @Test
    void aNameThatIsNotTextIsRefused() throws IOException {
        byte[] damaged = whole.clone();
        damaged[30] = (byte) 0xff; // the first letter of the first entry's name
        Files.write(file, damaged);
        assertTrue(Checkpoints.refusal(file).startsWith(" is damaged: "));
    }

    @Test
    void somethingElseIsRefused() throws IOException {
        Files.write(file, new byte[0]);
        assertEquals(" is not a checkpoint: it does not start with a ZIP header (0 bytes)", Checkpoints.refusal(file));
        Files.writeString(file, "PK? No.");
        assertEquals(" is not a checkpoint: it does not start with a ZIP header (7 bytes)", Checkpoints.refusal(file));
        Files.write(file, whole);
        Files.write(file, new byte[5], StandardOpenOption.APPEND);
        assertTrue(Checkpoints.refusal(file).startsWith(" is truncated: "));
    }

    @Test
    void aFileThatIsNotThereOrADirectoryIsRefused() {
        assertTrue(Checkpoints.refusal(directory.resolve("none.ram"))
                .startsWith(": no such checkpoint; give a file or one of the bundled models: mnist"));
        assertEquals(" cannot be read: Is a directory", Checkpoints.refusal(directory));
    }

    @Test
    void aFileLargerThanAnyCheckpointIsRefusedBeforeItIsRead() throws IOException {
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(3_000_000_000L);
        }
        assertEquals(" is not a checkpoint: it has more than 2000000000 bytes", Checkpoints.refusal(file));
    }

    @Test
    void aMissingEntryIsNamed() {
        for (String name : new String[] {"manifest.json", "graph.fb"}) {
            Map<String, byte[]> entries = Checkpoints.entries(whole);
            entries.remove(name);
            Checkpoints.write(file, entries);
            assertEquals(" is not a checkpoint: it has no " + name, Checkpoints.refusal(file));
        }
    }

    @Test
    void aGraphOtherThanTheManifestsIsRefused() {
        Map<String, byte[]> entries = Checkpoints.entries(whole);
        entries.get("graph.fb")[1000] ^= 1;
        Checkpoints.write(file, entries);
        String refusal = Checkpoints.refusal(file);
        assertTrue(refusal.startsWith(" is damaged: its graph's SHA-256 is "), refusal);
        assertTrue(refusal.endsWith(
                ", not " + checkpoint.manifest().graphSha256() + " as in its manifest; fetch the file again"));
    }

    @Test
    void aGraphThatIsNoneIsRefused() {
        List<byte[]> graphs =
                List.of(new byte[0], "not a graph at all".getBytes(StandardCharsets.UTF_8), new byte[100]);
        for (byte[] graph : graphs) {
            Map<String, byte[]> entries = Checkpoints.entries(whole);
            entries.put("graph.fb", graph);
            String manifest = new String(entries.get("manifest.json"), StandardCharsets.UTF_8)
                    .replace(checkpoint.manifest().graphSha256(), Archive.sha256(graph));
            entries.put("manifest.json", manifest.getBytes(StandardCharsets.UTF_8));
            Checkpoints.write(file, entries);
            String refusal = Checkpoints.refusal(file);
            // To FlatBuffers zeros are a graph of nothing.
            String expected = graph.length == 100
                    ? " has a graph that differs from its manifest: the graph has no variable start"
                    : " has a graph that cannot be read: ";
            assertTrue(refusal.startsWith(expected), refusal);
        }
    }
}
