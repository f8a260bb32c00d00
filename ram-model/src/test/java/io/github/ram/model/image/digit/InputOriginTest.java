package io.github.ram.model.image.digit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.ram.model.Box;
import io.github.ram.model.ImageShape;
import io.github.ram.model.Prediction;
import io.github.ram.model.image.digit.InputOrigin.Area;
import io.github.ram.model.image.digit.InputOrigin.Ink;
import io.github.ram.model.image.digit.InputOrigin.Size;
import io.github.ram.model.image.digit.InputOrigin.Tone;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputOriginTest {

    /** Where a glimpse of a 28×28 input is in the picture. */
    static Box seen(InputOrigin origin, Box box) {
        Prediction.Glimpse glimpse = new Prediction.Glimpse(1, 0, 0, box, null);
        Prediction prediction = new Prediction(7, "7", 1, null, List.of(), List.of(glimpse), List.of());
        return origin.inPicture(prediction, new ImageShape(28, 28, 1))
                .glimpses()
                .get(0)
                .box();
    }

    /** The input shows (100, 100) to (380, 380), so its pixels are ten wide. The ink's middle is (240, 240). */
    @ParameterizedTest
    @CsvSource({
        ", 290, 220",
        "0, 290, 220",
        // Right of the middle in the input is below it in the picture.
        "90, 260, 290",
        "-90, 220, 190",
        "180, 190, 260",
        // (50 · cos 30° + 20 · sin 30°, 50 · sin 30° − 20 · cos 30°) = (53.3, 7.7)
        "30, 293, 248"
    })
    void glimpseIsTurnedBackAroundTheMiddleOfTheInk(Float turned, double x, double y) {
        Ink ink = new Ink(Tone.DARK, new Box(140, 130, 200, 220), turned);
        InputOrigin origin =
                new InputOrigin(PreprocessingMode.MNIST, new Size(500, 500), 1, ink, new Area(100, 100, 280, 280));

        // Its middle is 50 right of that of the ink, and 20 above.
        Box box = seen(origin, new Box(15, 8, 8, 8));

        assertEquals(x, box.centreX(), 0.51);
        assertEquals(y, box.centreY(), 0.51);
        assertEquals(80, box.width(), 1);
        assertEquals(80, box.height(), 1);
    }
}
