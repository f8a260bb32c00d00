package io.github.ram.model.checkpoint;

import io.github.ram.model.ram.glimpse.GlimpseSensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.nd4j.autodiff.samediff.SameDiff;

/** Converts SameDiff graphs to bytes in SameDiff's FlatBuffers format, and back. */
final class Graphs {

    private Graphs() {}

    static byte[] toBytes(SameDiff graph) {
        ByteBuffer buffer = graph.asFlatBuffers(false);
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    static SameDiff fromBytes(String name, byte[] bytes) {
        GlimpseSensor.register();
        try {
            return SameDiff.fromFlatBuffers(
                    ByteBuffer.allocateDirect(bytes.length).put(bytes).flip());
        } catch (IOException | RuntimeException e) {
            String reason = e.toString().lines().findFirst().orElse("");
            throw new CheckpointException(
                    String.format(Locale.ROOT, "%s has a graph that SameDiff cannot read: %s", name, reason), e);
        }
    }
}
