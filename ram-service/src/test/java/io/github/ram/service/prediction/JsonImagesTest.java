package io.github.ram.service.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ram.model.ImageShape;
import io.github.ram.service.Rejection;
import io.github.ram.service.Rejection.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonImagesTest {

    private static final ImageShape GREY = new ImageShape(2, 3, 1);
    private static final ImageShape COLOUR = new ImageShape(1, 2, 3);

    @Test
    void rowsBecomePixels() {
        assertThat(read("{\"pixels\": [[0, 1, 2], [127, 128, 255]]}", GREY)).containsExactly(0, 1, 2, 127, 128, 255);
    }

    @Test
    void colourIsAListOfChannels() {
        assertThat(read("{\"pixels\": [[[1, 2, 3], [4, 5, 6]]]}", COLOUR)).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "{",
                "{\"pixels\": [[0, 1, 2], [3, 4, 5]]",
                "{\"pixels\": [[0, 1, 2], [3, 4, 5]]} x",
                "{\"pixels\": [[0, 1, 2], [3, 4, 5]]} {}",
                "{\"pixels\": [[0, 1, 2] [3, 4, 5]]}",
                "{\"pixels\": [[0, 1, 007], [3, 4, 5]]}",
                "{'pixels': [[0, 1, 2], [3, 4, 5]]}",
                "pixels"
            })
    void whatIsNotJsonIsMalformed(String body) {
        assertThat(rejection(body, GREY).reason()).isEqualTo(Reason.MALFORMED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[[0]] | the body must be an object, got a list: send {\"pixels\": [[…], …]} or {\"image\": \"a file in Base64\"}",
                "{} | the body has no pixels and no image: send {\"pixels\": [[…], …]} or {\"image\": \"a file in Base64\"}",
                "{\"picture\": 1} | the body has an unknown member besides pixels and image: send {\"pixels\": [[…], …]} or {\"image\": \"a file in Base64\"}",
                "{\"image\": 1} | image must be a string, a file in Base64, got 1",
                "{\"image\": \"AAEC\", \"pixels\": 1} | the body has pixels and an image: send {\"pixels\": [[…], …]} or {\"image\": \"a file in Base64\"}",
                "{\"pixels\": null} | pixels must be a list of rows, got null",
                "{\"pixels\": []} | pixels must be 2×3 (rows × columns), got 0×0: scale it, or send an image file, which is scaled here",
                "{\"pixels\": [1, 2]} | pixels[0] must be a list, a row of the image, got 1",
                "{\"pixels\": [[0, 1, 2], [3, 4]]} | pixels[1] has 2 values and the rows before it 3: make all rows equally long",
                "{\"pixels\": [[1], [2], [3]]} | pixels must be 2×3 (rows × columns), got 3×1: scale it, or send an image file, which is scaled here",
                "{\"pixels\": [[0, 1, 256]]} | pixels[0][2] must be an integer from 0 to 255, got 256",
                "{\"pixels\": [[0, -1]]} | pixels[0][1] must be an integer from 0 to 255, got -1",
                "{\"pixels\": [[0.5]]} | pixels[0][0] must be an integer from 0 to 255, got 0.5",
                "{\"pixels\": [[1e2]]} | pixels[0][0] must be an integer from 0 to 255, got 1e2",
                "{\"pixels\": [[99999999999999999999]]} | pixels[0][0] must be an integer from 0 to 255, got 99999999999999999999",
                "{\"pixels\": [[\"7\"]]} | pixels[0][0] must be an integer from 0 to 255, got a string",
                "{\"pixels\": [[[7]]]} | pixels[0][0] must be an integer from 0 to 255, got a list",
                "{\"pixels\": [[0, 1, 2], [3, 4, 5], [6, 7, 999]]} | pixels[2][2] must be an integer from 0 to 255, got 999"
            })
    void jsonOfAnotherShapeIsUnusable(String body, String message) {
        assertThat(rejection(body, GREY).reason()).isEqualTo(Reason.UNUSABLE);
        assertThat(rejection(body, GREY)).hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"pixels\": [[1, 2]]}", "{\"pixels\": [[[1, 2], [3, 4]]]}", "{\"pixels\": [[[1, 2, 3, 4]]]}"})
    void colourOfOtherChannelsIsUnusable(String body) {
        assertThat(rejection(body, COLOUR)).hasMessage("pixels[0][0] must be a list of 3 integers");
    }

    @Test
    void deepNestingIsRefusedAtOnce() {
        assertThatThrownBy(() -> read("{\"pixels\": " + "[".repeat(500_000), GREY))
                .hasMessage("pixels[0][0] must be an integer from 0 to 255, got a list");
    }

    @Test
    void aNumberOfAbsurdLengthIsRefused() {
        assertThatThrownBy(() -> read("{\"pixels\": [[" + "9".repeat(500_000) + "]]}", GREY))
                .hasMessageStartingWith("the body is not valid JSON at line 1, column ");
        assertThatThrownBy(() -> read("{\"" + "x".repeat(500_000) + "\": 1}", GREY))
                .hasMessageStartingWith("the body is not valid JSON at line 1, column ");
    }

    @Test
    void anEncodingThatJsonDoesNotHaveIsRefused() {
        byte[] oddByteOrder = {0, 0, (byte) 0xff, (byte) 0xfe};
        assertThatThrownBy(() -> JsonImages.readOne(oddByteOrder, GREY))
                .hasMessage("the body is not in an encoding that JSON allows: send UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AAECf/8=", "AAECf/8", "AAEC\\r\\nf/8=", "AAECf_8", "data:image/png;base64,AAECf/8="})
    void fileInBase64BecomesItsBytes(String text) {
        SentImage image =
                JsonImages.readOne("{\"image\": \"%s\"}".formatted(text).getBytes(StandardCharsets.UTF_8), GREY);

        assertThat(image.isFile()).isTrue();
        assertThat(image.bytes()).containsExactly(0, 1, 2, 127, -1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"A", "AAE~C", "AA=C", "data:", "data:xyAAEC", "data:image/png,AAEC", "http://somewhere/a.png"})
    void whatIsNotBase64IsMalformed(String text) {
        Rejection rejection = rejection("{\"image\": \"%s\"}".formatted(text), GREY);

        assertThat(rejection.reason()).isEqualTo(Reason.MALFORMED);
        assertThat(rejection).hasMessage("image is not Base64: send the bytes of an image file in Base64");
    }

    @Test
    void imagesMayBePixelsAndFiles() {
        List<SentImage> images = JsonImages.readMany(
                "{\"images\": [[[0, 1, 2], [3, 4, 5]], \"AAEC\"]}".getBytes(StandardCharsets.UTF_8), GREY, 2);

        assertThat(images).extracting(SentImage::isFile).containsExactly(false, true);
        assertThat(images.get(0).bytes()).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(images.get(1).bytes()).containsExactly(0, 1, 2);
    }

    private static byte[] read(String body, ImageShape shape) {
        return JsonImages.readOne(body.getBytes(StandardCharsets.UTF_8), shape).bytes();
    }

    private static Rejection rejection(String body, ImageShape shape) {
        try {
            read(body, shape);
        } catch (Rejection e) {
            return e;
        }
        throw new AssertionError("not refused: " + body);
    }
}
