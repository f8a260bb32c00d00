package io.github.ram.service.prediction;

import io.github.ram.model.image.decode.ImageException;
import io.github.ram.model.image.digit.ModelInput;
import io.github.ram.model.image.digit.PreprocessingMode;
import io.github.ram.model.image.digit.Preprocessor;
import io.github.ram.service.RamProperties;
import io.github.ram.service.Refusal;
import io.github.ram.service.Refusal.Reason;
import io.github.ram.service.model.Places;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/**
 * Reads image files, a few at a time: the largest that the limits admit takes 128 MiB while it is decoded,
 * and a hundred of those at once would be more than the heap.
 */
@Component
final class ImageReader {

    private final Semaphore permits;

    ImageReader(RamProperties properties) {
        this.permits = new Semaphore(properties.threads());
    }

    /**
     * An image file as the model reads it.
     *
     * @param way how its picture is made into the model's input
     * @param places of the request, which tell how long it can wait for its turn, and how long it may be read
     * @throws Refusal if it is none, or none that is read, or the request's time is up, or its client has gone
     */
    ModelInput read(Preprocessor preprocessor, byte[] file, PreprocessingMode way, Places places) {
        places.awaitTurn(permits);
        try {
            return preprocessor.prepare(file, way, places::requireWanted);
        } catch (ImageException e) {
            throw refusal(e, file);
        } finally {
            permits.release();
        }
    }

    /**
     * Pixels that came in the model's own shape as the model reads them.
     *
     * @throws Refusal if they show nothing
     */
    ModelInput prepare(Preprocessor preprocessor, byte[] pixels, PreprocessingMode way) {
        try {
            return preprocessor.preparePixels(pixels, way);
        } catch (ImageException e) {
            throw refusal(e, pixels);
        }
    }

    private static Refusal refusal(ImageException e, byte[] file) {
        return switch (e.reason()) {
            case EMPTY -> new Refusal(Reason.MALFORMED, e.getMessage() + ": send the bytes of an image");
            case MALFORMED -> new Refusal(Reason.MALFORMED, e.getMessage() + ": send it again, whole");
            case TOO_LARGE -> new Refusal(Reason.TOO_LARGE, e.getMessage() + ": scale it down");
            case UNUSABLE -> new Refusal(Reason.UNUSABLE, e.getMessage());
            case UNSUPPORTED_FORMAT ->
                ForeignFormat.of(file)
                        .map(format -> new Refusal(
                                Reason.UNSUPPORTED_TYPE,
                                "the file is a %s file, which is not read: convert it to PNG"
                                        .formatted(format.title())))
                        .orElseGet(() -> new Refusal(Reason.MALFORMED, e.getMessage()));
        };
    }
}
