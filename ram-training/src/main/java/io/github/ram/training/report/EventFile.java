package io.github.ram.training.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * A file of events for TensorBoard: numbers and pictures by tag and step.
 *
 * <p>The file is a TFRecord file. Each record is an {@code Event} message of {@code tensorflow/core/util/event.proto}. A
 * folder can hold several event files, one for each process that trained the run. The first record of a file names the
 * file's first step; TensorBoard discards the events of that step and later steps in earlier files.
 */
public final class EventFile implements AutoCloseable {

    // Fields of Event
    private static final int WALL_TIME = 1;
    private static final int STEP = 2;
    private static final int FILE_VERSION = 3;
    private static final int SUMMARY = 5;
    private static final int SESSION_LOG = 7;

    // Fields of SessionLog
    private static final int STATUS = 1;
    private static final int START = 1;

    // Fields of Summary and Summary.Value
    private static final int VALUE = 1;
    private static final int TAG = 1;
    private static final int SIMPLE_VALUE = 2;
    private static final int IMAGE = 4;

    // Fields of Summary.Image
    private static final int HEIGHT = 1;
    private static final int WIDTH = 2;
    private static final int COLORSPACE = 3;
    private static final int RGB = 3;
    private static final int ENCODED = 4;

    private final OutputStream out;

    private EventFile(OutputStream out) {
        this.out = out;
    }

    /**
     * Begins a file.
     *
     * @param directory of the file; created if it does not exist
     * @param step the first step in the file
     */
    public static EventFile begin(Path directory, long step) throws IOException {
        Files.createDirectories(directory);
        // TensorBoard reads files with "tfevents" in their names, in the order of the names.
        String name = String.format(
                Locale.ROOT,
                "events.out.tfevents.%013d.%d",
                System.currentTimeMillis(),
                ProcessHandle.current().pid());
        EventFile file = new EventFile(Files.newOutputStream(directory.resolve(name), StandardOpenOption.CREATE_NEW));
        file.write(event(0).text(FILE_VERSION, "brain.Event:2"));
        file.write(event(step).message(SESSION_LOG, new ProtobufMessage().integer(STATUS, START)));
        return file;
    }

    /** Writes numbers, by tag. */
    public void scalars(long step, Map<String, Double> values) throws IOException {
        ProtobufMessage summary = new ProtobufMessage();
        values.forEach((tag, value) ->
                summary.message(VALUE, new ProtobufMessage().text(TAG, tag).real(SIMPLE_VALUE, value.floatValue())));
        write(event(step).message(SUMMARY, summary));
    }

    /** Writes a picture. */
    public void image(long step, String tag, PngFile picture) throws IOException {
        ProtobufMessage image = new ProtobufMessage()
                .integer(HEIGHT, picture.height())
                .integer(WIDTH, picture.width())
                .integer(COLORSPACE, RGB)
                .bytes(ENCODED, picture.file());
        ProtobufMessage value = new ProtobufMessage().text(TAG, tag).message(IMAGE, image);
        write(event(step).message(SUMMARY, new ProtobufMessage().message(VALUE, value)));
    }

    private static ProtobufMessage event(long step) {
        return new ProtobufMessage()
                .real(WALL_TIME, System.currentTimeMillis() / 1000.0)
                .integer(STEP, step);
    }

    /** Writes a record in one call, for readers of an open file: length, its checksum, message, its checksum. */
    private void write(ProtobufMessage event) throws IOException {
        byte[] message = event.toBytes();
        ByteBuffer record = ByteBuffer.allocate(Long.BYTES + Integer.BYTES + message.length + Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(message.length);
        record.putInt(checksum(record.array(), Long.BYTES)).put(message).putInt(checksum(message, message.length));
        out.write(record.array());
    }

    /** Returns the masked CRC-32C of TFRecord files: rotated by 15 bits, plus a constant. */
    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
