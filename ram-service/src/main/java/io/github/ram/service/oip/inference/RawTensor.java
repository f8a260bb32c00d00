package io.github.ram.service.oip.inference;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes values as the bytes of a raw tensor, little-endian. */
final class RawTensor {

    private RawTensor() {}

    /**
     * @param values floats (FP32), longs (INT64) or strings (BYTES: each its length, 4 bytes, then its UTF-8)
     */
    static byte[] bytes(List<?> values) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Object value : values) {
            if (value instanceof Float number) {
                bytes.writeBytes(buffer(Float.BYTES).putFloat(number).array());
            } else if (value instanceof Long number) {
                bytes.writeBytes(buffer(Long.BYTES).putLong(number).array());
            } else {
                byte[] text = ((String) value).getBytes(StandardCharsets.UTF_8);
                bytes.writeBytes(buffer(Integer.BYTES).putInt(text.length).array());
                bytes.writeBytes(text);
            }
        }
        return bytes.toByteArray();
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
