package io.github.ram.training.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tensorflow.proto.SessionLog;
import org.tensorflow.proto.Summary;

/**
 * Reads event files: the records by the definition of TFRecord, bit by bit, and their messages by TensorFlow's own
 * classes; it shares nothing with the writer.
 */
public final class EventReader {

    private EventReader() {}

    /** What an event says. Tags lead to a Float or to a {@link Summary.Image}. */
    public record Event(double wallTime, long step, String version, boolean isStart, Map<String, Object> values) {}

    /** The events of all event files in a folder, file after file in the order of their names. */
    public static List<Event> events(Path directory) throws IOException {
        List<Event> events = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(path -> path.toString().contains("tfevents"))
                    .sorted()
                    .toList()) {
                messages(Files.readAllBytes(file)).forEach(message -> events.add(event(message)));
            }
        }
        return events;
    }

    private static Event event(byte[] message) {
        org.tensorflow.proto.Event event = parsed(message);
        Map<String, Object> values = new LinkedHashMap<>();
        for (Summary.Value value : event.getSummary().getValueList()) {
            values.put(value.getTag(), value.hasImage() ? value.getImage() : (Object) value.getSimpleValue());
        }
        return new Event(
                event.getWallTime(),
                event.getStep(),
                event.getFileVersion(),
                event.getSessionLog().getStatus() == SessionLog.SessionStatus.START,
                values);
    }

    private static org.tensorflow.proto.Event parsed(byte[] message) {
        try {
            return org.tensorflow.proto.Event.parseFrom(message);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    /** The messages of a file whose every length and checksum is right. */
    private static List<byte[]> messages(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        List<byte[]> messages = new ArrayList<>();
        while (bytes.hasRemaining()) {
            byte[] length = new byte[8];
            bytes.get(length);
            assertEquals(masked(crc32c(length)), Integer.toUnsignedLong(bytes.getInt()));
            byte[] message = new byte
                    [(int) ByteBuffer.wrap(length)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong()];
            bytes.get(message);
            assertEquals(masked(crc32c(message)), Integer.toUnsignedLong(bytes.getInt()));
            messages.add(message);
        }
        return messages;
    }

    private static long masked(long crc) {
        return ((crc >>> 15 | crc << 17 & 0xffffffffL) + 0xa282ead8L) & 0xffffffffL;
    }

    /** Castagnoli's polynomial, reversed, one bit at a time. */
    static long crc32c(byte[] bytes) {
        long crc = 0xffffffffL;
        for (byte value : bytes) {
            crc ^= value & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 1 ? crc >>> 1 ^ 0x82f63b78L : crc >>> 1;
            }
        }
        return crc ^ 0xffffffffL;
    }
}
