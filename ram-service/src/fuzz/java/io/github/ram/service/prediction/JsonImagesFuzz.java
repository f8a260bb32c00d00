package io.github.ram.service.prediction;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.ram.model.ImageShape;
import io.github.ram.service.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a body holds, it becomes the pixels of an image or a file, or it is refused. */
class JsonImagesFuzz {

    static Stream<byte[]> bodies() {
        return Stream.of(
                        "{\"pixels\": [[0, 1, 2], [127, 128, 255]]}",
                        "{\"pixels\": [[[0, 1, 2], [1e2, -1, 7]]]}",
                        "{\"image\": \"data:image/png;base64,AAEC\"}")
                .map(body -> body.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("bodies")
    @FuzzTest(maxDuration = "2m")
    void bodyIsReadOrRefused(byte[] body) {
        try {
            SentImage image = JsonImages.readOne(body, new ImageShape(2, 3, 1));
            if (!image.isFile() && image.bytes().length != 6) {
                throw new AssertionError("not as many pixels as the model has");
            }
        } catch (Rejection e) {
            // what it should do with nearly all of them
        }
    }
}
