package io.github.ram.service;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Damages bytes and JSON in the ways that break readers. The same random generator does the same damage. */
final class Mutations {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int[] NUMBERS = {
        0,
        1,
        -1,
        2,
        7,
        8,
        16,
        27,
        28,
        29,
        32,
        127,
        128,
        255,
        256,
        784,
        4096,
        32_767,
        65_535,
        65_536,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE
    };
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "false",
            "0",
            "-0",
            "1",
            "-1",
            "28",
            "255",
            "256",
            "0.5",
            "1e3",
            "1e-400",
            "1e400",
            "2147483648",
            "-9223372036854775809",
            "9".repeat(90),
            "\"\"",
            "\"image\"",
            "\"\\u0000\\ud800\"",
            "\"" + "x".repeat(3000) + "\"",
            "[]",
            "{}",
            "[[]]",
            "[null]",
            "[[[[[[[[[[]]]]]]]]]]",
            "{\"name\": {\"name\": []}}");

    private final SplittableRandom random;

    Mutations(SplittableRandom random) {
        this.random = random;
    }

    /** A few changes to some bytes. */
    byte[] bytes(byte[] original) {
        byte[] bytes = original;
        for (int i = random.nextInt(1, 9); i > 0; i--) {
            bytes = change(bytes.length == 0 ? new byte[] {0} : bytes);
        }
        return bytes;
    }

    private byte[] change(byte[] bytes) {
        int at = random.nextInt(bytes.length);
        // Most formats keep what matters at the beginning.
        at = random.nextBoolean() ? at : at % 64;
        int end = Math.min(bytes.length, at + 1 + random.nextInt(40));
        byte[] copy = bytes.clone();
        switch (random.nextInt(9)) {
            case 0 -> copy[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> copy[at] = (byte) random.nextInt(256);
            case 2 -> copy[at] = (byte) NUMBERS[random.nextInt(NUMBERS.length)];
            case 3 -> putInt(copy, at, NUMBERS[random.nextInt(NUMBERS.length)]);
            case 4 -> Arrays.fill(copy, at, end, (byte) random.nextInt(256));
            case 5 -> copy = Arrays.copyOf(bytes, at); // cut short
            case 6 -> copy = join(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, end, bytes.length));
            case 7 -> copy = join(Arrays.copyOf(bytes, end), Arrays.copyOfRange(bytes, at, bytes.length)); // twice
            default -> copy = join(bytes, Arrays.copyOfRange(bytes, at, end));
        }
        return copy;
    }

    private void putInt(byte[] bytes, int at, int value) {
        byte[] number = ByteBuffer.allocate(4)
                .putInt(random.nextBoolean() ? value : Integer.reverseBytes(value))
                .array();
        System.arraycopy(number, 0, bytes, at, Math.min(4, bytes.length - at));
    }

    /** Corrects the checksums of a PNG file's chunks, so that they do not reveal the damage. */
    static byte[] withChecksums(byte[] png) {
        ByteBuffer file = ByteBuffer.wrap(png.clone());
        int at = 8;
        while (at + 12 <= png.length) {
            int length = file.getInt(at);
            if (length < 0 || length > png.length - at - 12) {
                break;
            }
            CRC32 crc = new CRC32();
            crc.update(png, at + 4, length + 4);
            file.putInt(at + 8 + length, (int) crc.getValue());
            at += 12 + length;
        }
        return file.array();
    }

    /** A change to a JSON document: values replaced, left out, doubled or moved; still JSON. */
    byte[] json(JsonNode original) {
        JsonNode document = original.deepCopy();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            document = change(document, 0);
        }
        return JSON.writeValueAsBytes(document);
    }

    private JsonNode change(JsonNode node, int depth) {
        boolean here = depth > 0 && random.nextInt(4) == 0 || node.isEmpty();
        if (here) {
            return JSON.readTree(VALUES.get(random.nextInt(VALUES.size())));
        }
        int child = random.nextInt(node.size());
        if (node instanceof ArrayNode list) {
            switch (random.nextInt(6)) {
                case 0 -> list.remove(child);
                case 1 -> list.insert(child, list.get(child).deepCopy());
                default -> list.set(child, change(list.get(child), depth + 1));
            }
        } else {
            ObjectNode object = (ObjectNode) node;
            String name = List.copyOf(object.propertyNames()).get(child);
            switch (random.nextInt(6)) {
                case 0 -> object.remove(name);
                case 1 -> object.set(name.toUpperCase(Locale.ROOT), object.get(name));
                default -> object.set(name, change(object.get(name), depth + 1));
            }
        }
        return node;
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
