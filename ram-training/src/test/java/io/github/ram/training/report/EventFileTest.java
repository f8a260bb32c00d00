package io.github.ram.training.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.Summary;

class EventFileTest {

    @TempDir
    Path directory;

    @Test
    void theReadersChecksumIsThePublishedOne() {
        assertEquals(0xe3069283L, EventReader.crc32c("123456789".getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void aFileBeginsWithItsVersionAndTheStepFromWhichItCounts() throws IOException {
        long before = System.currentTimeMillis();
        EventFile.begin(directory, 70_000).close();
        long after = System.currentTimeMillis();

        List<EventReader.Event> events = EventReader.events(directory);
        assertEquals(2, events.size());
        assertEquals("brain.Event:2", events.get(0).version());
        double seconds = events.get(0).wallTime();
        assertTrue(seconds >= before / 1000.0 && seconds <= after / 1000.0, "since 1970: " + seconds);
        assertEquals(70_000, events.get(1).step());
        assertTrue(events.get(1).isStart());
        try (Stream<Path> files = Files.list(directory)) {
            assertTrue(files.allMatch(file -> file.getFileName().toString().startsWith("events.out.tfevents.")));
        }
    }

    @Test
    void numbersAreWrittenByTagAndStep() throws IOException {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("training/loss", 0.1);
        values.put("training/größe", -2.5e-7);
        try (EventFile events = EventFile.begin(directory, 0)) {
            events.scalars(3_000_000_000L, values);
            events.scalars(3_000_000_001L, Map.of("validation/errorPercent", Double.NaN));
        }

        List<EventReader.Event> events = EventReader.events(directory);
        assertEquals(4, events.size());
        assertEquals(3_000_000_000L, events.get(2).step());
        assertEquals(
                Map.of("training/loss", 0.1f, "training/größe", -2.5e-7f),
                events.get(2).values());
        assertEquals(3_000_000_001L, events.get(3).step());
        assertEquals(Map.of("validation/errorPercent", Float.NaN), events.get(3).values());
        assertFalse(events.get(3).isStart());
    }

    @Test
    void picturesAreWrittenWhole() throws IOException {
        PngFile picture = PngFile.of(new BufferedImage(300, 130, BufferedImage.TYPE_INT_RGB));
        try (EventFile events = EventFile.begin(directory, 0)) {
            events.image(12, "glimpses", picture);
        }

        EventReader.Event event = EventReader.events(directory).get(2);
        assertEquals(12, event.step());
        Summary.Image image = (Summary.Image) event.values().get("glimpses");
        assertEquals(130, image.getHeight());
        assertEquals(300, image.getWidth());
        assertEquals(3, image.getColorspace());
        assertArrayEquals(picture.file(), image.getEncodedImageString().toByteArray());
        assertEquals("\u0089PNG", new String(picture.file(), 0, 4, StandardCharsets.ISO_8859_1));
    }

    @Test
    void whatWasWrittenCanBeReadBeforeTheFileIsClosed() throws IOException {
        try (EventFile events = EventFile.begin(directory, 0)) {
            events.scalars(1, Map.of("a", 1.0));
            assertEquals(3, EventReader.events(directory).size());
        }
    }
}
