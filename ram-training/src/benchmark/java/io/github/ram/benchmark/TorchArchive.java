package io.github.ram.benchmark;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import onnx.Onnx.TensorProto;

/**
 * A TorchScript archive: the code of one module, {@code __torch__.Ram}, its tensors as they lie in memory, and a
 * Python pickle that puts them in their places.
 */
final class TorchArchive {

    private final ByteArrayOutputStream pickle = new ByteArrayOutputStream();

    private TorchArchive() {}

    /**
     * @param code of the module's class
     * @param attributes its tensors by name, float32 or int64
     */
    static byte[] of(String code, Map<String, TensorProto> attributes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            store(zip, "data.pkl", new TorchArchive().module(attributes));
            store(zip, "code/__torch__.py", code.getBytes(StandardCharsets.UTF_8));
            int next = 0;
            for (TensorProto tensor : attributes.values()) {
                store(zip, "data/" + next++, tensor.getRawData().toByteArray());
            }
            store(zip, "constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'}); // an empty tuple
            store(zip, "version", "6\n".getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry("ram/" + name);
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    private byte[] module(Map<String, TensorProto> attributes) {
        pickle.writeBytes(new byte[] {(byte) 0x80, 2}); // the protocol
        global("__torch__", "Ram");
        pickle.writeBytes(new byte[] {')', (byte) 0x81, '}', '('}); // a new object, and its attributes
        int next = 0;
        for (Map.Entry<String, TensorProto> attribute : attributes.entrySet()) {
            string(attribute.getKey());
            tensor(attribute.getValue(), Integer.toString(next++));
        }
        pickle.writeBytes(new byte[] {'u', 'b', '.'});
        return pickle.toByteArray();
    }

    /** A call of {@code torch._utils._rebuild_tensor_v2(storage, offset, sizes, strides, gradient, hooks)}. */
    private void tensor(TensorProto tensor, String key) {
        List<Long> sizes = tensor.getDimsList();
        long count = sizes.stream().reduce(1L, (a, b) -> a * b);
        global("torch._utils", "_rebuild_tensor_v2");
        pickle.write('(');
        pickle.write('(');
        string("storage");
        global(
                "torch",
                tensor.getDataType() == TensorProto.DataType.FLOAT.getNumber() ? "FloatStorage" : "LongStorage");
        string(key);
        string("cpu");
        integer(count);
        pickle.writeBytes(new byte[] {'t', 'Q'}); // a tuple, which names the storage
        integer(0);
        pickle.write('(');
        sizes.forEach(this::integer);
        pickle.writeBytes(new byte[] {'t', '('});
        long stride = count;
        for (long size : sizes) {
            stride /= size;
            integer(stride);
        }
        pickle.writeBytes(new byte[] {'t', (byte) 0x89}); // false: no gradient
        global("collections", "OrderedDict");
        pickle.writeBytes(new byte[] {')', 'R', 't', 'R'}); // empty, and the call
    }

    private void global(String module, String name) {
        pickle.writeBytes(("c" + module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private void string(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        pickle.write('X');
        littleEndian(bytes.length);
        pickle.writeBytes(bytes);
    }

    private void integer(long value) {
        pickle.write('J');
        littleEndian(Math.toIntExact(value));
    }

    private void littleEndian(int value) {
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            pickle.write(value >> shift);
        }
    }
}
