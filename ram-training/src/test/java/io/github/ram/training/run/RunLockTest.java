package io.github.ram.training.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.training.TrainingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {

    @TempDir
    Path directory;

    @Test
    void aLockWhoseCleanUpFailsIsReleased() throws IOException {
        Path leftover = Files.createDirectory(directory.resolve("last.ram.1.tmp"));
        Path kept = Files.createFile(leftover.resolve("kept")); // so that the folder cannot be deleted
        String message = assertThrows(TrainingException.class, () -> RunLock.of(directory))
                .getMessage();
        assertTrue(message.startsWith("the temporary files "), message);
        Files.delete(kept);

        try (RunLock lock = RunLock.of(directory)) {
            assertEquals(directory, lock.directory());
            assertTrue(Files.notExists(leftover));
        }
    }

    @Test
    void aReportIsWrittenWhileARunTrains() {
        try (RunLock run = RunLock.of(directory);
                RunLock report = RunLock.ofReport(directory)) {
            assertEquals(run.directory(), report.directory());
        }
    }

    @Test
    void aReportIsWrittenByOneAtATime() {
        RunLock first = RunLock.ofReport(directory);
        try (first) {
            String message = assertThrows(TrainingException.class, () -> RunLock.ofReport(directory))
                    .getMessage();
            assertEquals(
                    "another run or report is writing in " + directory
                            + ": wait until it ends, or choose another --out",
                    message);
        }
        RunLock.ofReport(directory).close();
    }
}
