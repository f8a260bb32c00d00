package io.github.ram.model.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.ram.model.ram.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint is written whole or not at all. */
class CheckpointWriteTest {

    @TempDir
    Path directory;

    @Test
    void missingDirectoriesAreMade() throws IOException {
        Path file = directory.resolve("a/b/model.ram");
        Checkpoints.of(TestModels.TINY).save(file);
        assertEquals("test", Checkpoint.load(file).manifest().name());
        assertOnly(file);
    }

    @Test
    void theBytesAreThoseOfTheFile() throws IOException {
        Path file = directory.resolve("model.ram");
        Checkpoint checkpoint = Checkpoints.of(TestModels.TINY).with(Map.of("state", new byte[] {1, 2}));
        checkpoint.save(file);

        assertArrayEquals(Files.readAllBytes(file), checkpoint.bytes());
        assertEquals(
                checkpoint.manifest(),
                Checkpoint.read("copy", checkpoint.bytes()).manifest());
    }

    @Test
    void aFileInPlaceOfTheDirectoryIsTold() throws IOException {
        Path parent = Files.writeString(directory.resolve("runs"), "here");
        assertRefused(parent.resolve("model.ram"), parent + " is a file, not a directory");
        assertEquals("here", Files.readString(parent));
        assertOnly(parent);
    }

    @Test
    void aDirectoryInPlaceOfTheFileIsTold() throws IOException {
        Path target = Files.createDirectory(directory.resolve("model.ram"));
        assertRefused(target, "Is a directory");
        assertTrue(Files.isDirectory(target));
        assertOnly(target);
    }

    @Test
    void aFullDirectoryInPlaceOfTheFileIsUntouched() throws IOException {
        Path target = Files.createDirectory(directory.resolve("model.ram"));
        Path kept = Files.writeString(target.resolve("kept"), "here");
        assertThrows(
                CheckpointException.class, () -> Checkpoints.of(TestModels.TINY).save(target));
        assertEquals("here", Files.readString(kept));
        assertOnly(target);
    }

    @Test
    void aDirectoryThatCannotBeWrittenToIsTold() throws IOException {
        Path closed = Files.createDirectory(directory.resolve("closed"));
        Path file = closed.resolve("model.ram");
        Checkpoints.of(TestModels.TINY).save(file);
        byte[] before = Files.readAllBytes(file);
        assumeTrue(closed.toFile().setWritable(false) && !Files.isWritable(closed), "root may write anywhere");
        try {
            assertRefused(file, "permission denied");
            assertArrayEquals(before, Files.readAllBytes(file));
            assertOnly(file);
        } finally {
            assertTrue(closed.toFile().setWritable(true));
        }
    }

    @Test
    void theFileHasThePermissionsOfOtherNewFiles() throws IOException {
        assumeTrue(Files.getFileStore(directory).supportsFileAttributeView("posix"));
        Path other = Files.writeString(directory.resolve("other"), "");
        Path file = directory.resolve("model.ram");
        Checkpoints.of(TestModels.TINY).save(file);
        assertEquals(Files.getPosixFilePermissions(other), Files.getPosixFilePermissions(file));
    }

    @Test
    void aReaderFindsAWholeFileWhileItIsWrittenAgainAndAgain() throws Exception {
        Path file = directory.resolve("model.ram");
        List<Checkpoint> versions = List.of(
                Checkpoints.of(TestModels.TINY),
                Checkpoints.of(TestModels.TINY).with(Map.of("state", new byte[100_000])));
        versions.get(0).save(file);
        AtomicBoolean done = new AtomicBoolean();
        Thread writer = new Thread(() -> {
            for (int i = 0; !done.get(); i++) {
                versions.get(i % 2).save(file);
            }
        });
        writer.start();
        try {
            for (int i = 0; i < 30; i++) {
                assertEquals(versions.get(0).manifest(), Checkpoint.load(file).manifest());
            }
        } finally {
            done.set(true);
            writer.join();
        }
        assertOnly(file);
    }

    private static void assertRefused(Path target, String reason) {
        String message = assertThrows(
                        CheckpointException.class,
                        () -> Checkpoints.of(TestModels.TINY).save(target))
                .getMessage();
        assertEquals(target + " cannot be written: " + reason, message);
    }

    /** Nothing else was left beside a file. */
    private static void assertOnly(Path file) throws IOException {
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertEquals(List.of(file), files.toList());
        }
        assertFalse(Files.notExists(file));
    }
}
