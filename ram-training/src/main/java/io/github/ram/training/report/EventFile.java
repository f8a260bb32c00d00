package io.github.ram.training.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * A file of events for TensorBoard: numbers and pictures by tag and step.
 *
 * <p>The records of a TFRecord file, each an {@code Event} message of {@code tensorflow/core/util/event.proto}. A folder
 * may hold several such files, one for every process that worked on a run: each begins by saying from which step on it
 * counts, and TensorBoard forgets what earlier files say of that step and later ones.
 */
public final class EventFile implements AutoCloseable {

    // Fields of Event
    private static final int WALL_TIME = 1;
    private static final int STEP = 2;
    private static final int FILE_VERSION = 3;
    private static final int SUMMARY = 5;
    private static final int SESSION_LOG = 7;

    // of SessionLog
    private static final int STATUS = 1;
    private static final int START = 1;

    // of Summary and Summary.Value
    private static final int VALUE = 1;
    private static final int TAG = 1;
    private static final int SIMPLE_VALUE = 2;
    private static final int IMAGE = 4;

    // of Summary.Image
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
     * @param directory where to; made if it is not there
     * @param step the first that it will tell of
     */
    public static EventFile begin(Path directory, long step) throws IOException {
        Files.createDirectories(directory);
        // TensorBoard takes the files with "tfevents" in their name, in the order of their names.
        String name = "events.out.tfevents.%013d.%d"
                .formatted(System.currentTimeMillis(), ProcessHandle.current().pid());
        EventFile file = new EventFile(Files.newOutputStream(directory.resolve(name), StandardOpenOption.CREATE_NEW));
        file.write(event(0).text(FILE_VERSION, "brain.Event:2"));
        file.write(event(step).message(SESSION_LOG, new ProtobufMessage().integer(STATUS, START)));
        return file;
    }

    /** Tells of numbers, by tag. */
    public void scalars(long step, Map<String, Double> values) throws IOException {
        ProtobufMessage summary = new ProtobufMessage();
        values.forEach((tag, value) ->
                summary.message(VALUE, new ProtobufMessage().text(TAG, tag).real(SIMPLE_VALUE, value.floatValue())));
        write(event(step).message(SUMMARY, summary));
    }

    /** Tells of a picture. */
    public void image(long step, String tag, Picture picture) throws IOException {
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

    /** Length, checksum of the length, message, checksum of the message; in one piece, for whoever reads meanwhile. */
    private void write(ProtobufMessage event) throws IOException {
        byte[] message = event.toBytes();
        ByteBuffer record = ByteBuffer.allocate(Long.BYTES + Integer.BYTES + message.length + Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(message.length);
        record.putInt(checksum(record.array(), Long.BYTES)).put(message).putInt(checksum(message, message.length));
        out.write(record.array());
    }

    /** CRC-32C, turned and moved, as TFRecord files have it. */
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
