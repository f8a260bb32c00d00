package io.github.ram.model.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

    @TempDir
    Path directory;

    @Test
    void writersAtTheSameTimeDoNotMixTheirBytes() throws Exception {
        Path file = directory.resolve("file");
        CountDownLatch begin = new CountDownLatch(1);
        ExecutorService writers = Executors.newFixedThreadPool(4);
        List<Future<?>> written = new ArrayList<>();
        try {
            for (byte writer = 1; writer <= 4; writer++) {
                byte[] content = new byte[writer * 100_000];
                Arrays.fill(content, writer);
                written.add(writers.submit(() -> {
                    begin.await();
                    for (int i = 0; i < 20; i++) {
                        WholeFile.write(file, content);
                        byte[] found = Files.readAllBytes(file);
                        byte[] whole = new byte[found[0] * 100_000];
                        Arrays.fill(whole, found[0]);
                        assertTrue(Arrays.equals(whole, found));
                    }
                    return null;
                }));
            }
            begin.countDown();
            for (Future<?> each : written) {
                each.get();
            }
        } finally {
            writers.shutdown();
        }
        assertEquals(List.of(file), files());
    }

    @Test
    void aFileThatCannotBeReplacedLeavesNoTemporaryFile() throws IOException {
        Path file = directory.resolve("file");
        Files.createDirectories(file.resolve("in the way"));

        assertThrows(IOException.class, () -> WholeFile.write(file, new byte[3]));

        assertEquals(List.of(file), files());
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
