package io.github.ram.service.prediction;

import io.github.ram.model.image.decode.ImageException;
import io.github.ram.model.image.digit.ModelInput;
import io.github.ram.model.image.digit.PreprocessingMode;
import io.github.ram.model.image.digit.Preprocessor;
import io.github.ram.service.RamProperties;
import io.github.ram.service.Rejection;
import io.github.ram.service.Rejection.Reason;
import io.github.ram.service.model.QueueReservation;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Reads image files, at most as many at a time as there are workers, and within a limit of memory: a file of some hundred
 * kilobytes may decode to 128 MiB.
 */
@Component
final class ImageReader {

    /** The first bytes of image files, without line ends and zero bytes. */
    private static final Pattern IMAGE =
            Pattern.compile("\u0089PNG\u001a|\u00ff\u00d8\u00ff|GIF8|BM|RIFF.{0,4}WEBP", Pattern.DOTALL);

    private static final Pattern ZERO_OR_LINE_END = Pattern.compile("[\0\r\n]");

    private final Semaphore turns;
    private final Semaphore memory; // in KiB; fair, so that small images do not starve a large one
    private final int memoryKib;

    /** Half of the heap is for decoding: the other half holds bodies, models and responses. */
    @Autowired
    ImageReader(RamProperties properties) {
        this(properties.threads(), Runtime.getRuntime().maxMemory() / 2);
    }

    /**
     * @param turns images that are decoded at a time
     * @param memoryBytes that they may take together
     */
    ImageReader(int turns, long memoryBytes) {
        this.turns = new Semaphore(turns);
        this.memoryKib = (int) Math.min(memoryBytes >> 10, Integer.MAX_VALUE);
        this.memory = new Semaphore(memoryKib, true);
    }

    /**
     * Reads an image file and makes it into the model's input.
     *
     * @param reservation of the request, whose deadline bounds the wait and the decoding
     * @throws Rejection if the file is rejected, or there is no time or memory for it
     */
    ModelInput read(Preprocessor preprocessor, byte[] file, PreprocessingMode mode, QueueReservation reservation) {
        try {
            int needed = neededKib(preprocessor.memoryToDecode(file));
            if (!reservation.acquire(turns, 1)) {
                reservation.requireTime();
            }
            try {
                return decode(preprocessor, file, mode, reservation, needed);
            } finally {
                turns.release();
            }
        } catch (ImageException e) {
            throw rejection(e, file);
        }
    }

    private ModelInput decode(
            Preprocessor preprocessor, byte[] file, PreprocessingMode mode, QueueReservation reservation, int needed)
            throws ImageException {
        if (!reservation.acquire(memory, needed)) {
            throw new Rejection(
                    Reason.QUEUE_FULL,
                    "more images are being decoded than the service has memory for: send the request again later");
        }
        try {
            return preprocessor.prepare(file, mode, reservation::requireTime);
        } finally {
            memory.release(needed);
        }
    }

    private int neededKib(long bytes) {
        long needed = (bytes >> 10) + 1;
        if (needed > memoryKib) {
            throw new Rejection(
                    Reason.TOO_LARGE,
                    "the image takes " + (bytes >> 20) + " MiB to decode, more than the " + (memoryKib >> 10)
                            + " MiB that the service has for images: scale it down");
        }
        return (int) needed;
    }

    /**
     * Makes pixels in the model's own shape into its input.
     *
     * @throws Rejection if they show nothing
     */
    ModelInput prepare(Preprocessor preprocessor, byte[] pixels, PreprocessingMode mode) {
        try {
            return preprocessor.preparePixels(pixels, mode);
        } catch (ImageException e) {
            throw rejection(e, pixels);
        }
    }

    /** Every image file has zero bytes, in its header at the latest. */
    private static boolean hasLostBytes(byte[] file) {
        String content = new String(file, StandardCharsets.ISO_8859_1);
        return IMAGE.matcher(content).lookingAt()
                && !ZERO_OR_LINE_END.matcher(content).find();
    }

    private static Rejection rejection(ImageException e, byte[] file) {
        if (e.reason() != ImageException.Reason.UNUSABLE && hasLostBytes(file)) {
            return new Rejection(
                    Reason.MALFORMED,
                    "the image file has lost its line ends and zero bytes, as by curl -d: send it by curl --data-binary @FILE, or -F image=@FILE");
        }
        return switch (e.reason()) {
            case EMPTY -> new Rejection(Reason.MALFORMED, e.getMessage() + ": send the bytes of an image");
            case MALFORMED -> new Rejection(Reason.MALFORMED, e.getMessage() + ": send it again, whole");
            case TOO_LARGE -> new Rejection(Reason.TOO_LARGE, e.getMessage() + ": scale it down");
            case UNUSABLE -> new Rejection(Reason.UNUSABLE, e.getMessage());
            case UNSUPPORTED_FORMAT ->
                UnsupportedFormat.of(file)
                        .map(format -> new Rejection(
                                Reason.UNSUPPORTED_TYPE,
                                "the file is a " + format.title() + " file, which is not supported: convert it to PNG"))
                        .orElseGet(() -> new Rejection(Reason.MALFORMED, e.getMessage()));
        };
    }
}
