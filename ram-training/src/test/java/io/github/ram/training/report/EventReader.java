package io.github.ram.training.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads event files by the definitions of TFRecord and Protocol Buffers, bit by bit; it shares nothing with the writer.
 */
public final class EventReader {

    private EventReader() {}

    /** What an event says. Tags lead to a number or to a picture's file. */
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
        Map<Integer, List<Object>> fields = fields(message);
        Map<String, Object> values = new LinkedHashMap<>();
        for (Object summary : fields.getOrDefault(5, List.of())) {
            for (Object value : fields((byte[]) summary).get(1)) {
                Map<Integer, List<Object>> parts = fields((byte[]) value);
                values.put(
                        text(parts.get(1).get(0)),
                        parts.containsKey(2)
                                ? parts.get(2).get(0)
                                : parts.get(4).get(0));
            }
        }
        return new Event(
                (Double) fields.get(1).get(0),
                fields.containsKey(2) ? (Long) fields.get(2).get(0) : 0,
                fields.containsKey(3) ? text(fields.get(3).get(0)) : null,
                fields.containsKey(7) && fields((byte[]) fields.get(7).get(0)).equals(Map.of(1, List.of(1L))),
                values);
    }

    private static String text(Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.UTF_8);
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

    /** The fields of a message by number: Long, Double, Float or byte[] each, in order. */
    static Map<Integer, List<Object>> fields(byte[] message) {
        ByteBuffer bytes = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        Map<Integer, List<Object>> fields = new TreeMap<>();
        while (bytes.hasRemaining()) {
            long tag = varint(bytes);
            Object value = switch ((int) tag & 7) {
                case 0 -> varint(bytes);
                case 1 -> bytes.getDouble();
                case 2 -> {
                    byte[] content = new byte[(int) varint(bytes)];
                    bytes.get(content);
                    yield content;
                }
                case 5 -> bytes.getFloat();
                default -> throw new AssertionError("wire type of tag " + tag);
            };
            fields.computeIfAbsent((int) (tag >>> 3), field -> new ArrayList<>())
                    .add(value);
        }
        return fields;
    }

    private static long varint(ByteBuffer bytes) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
