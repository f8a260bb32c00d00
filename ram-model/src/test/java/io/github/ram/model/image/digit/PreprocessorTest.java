package io.github.ram.model.image.digit;

import static io.github.ram.model.image.decode.EncodedImages.bytes;
import static io.github.ram.model.image.decode.EncodedImages.encode;
import static io.github.ram.model.image.decode.EncodedImages.grey;
import static io.github.ram.model.image.digit.DrawnDigits.BLACK;
import static io.github.ram.model.image.digit.DrawnDigits.WHITE;
import static io.github.ram.model.image.digit.DrawnDigits.difference;
import static io.github.ram.model.image.digit.DrawnDigits.drawn;
import static io.github.ram.model.image.digit.DrawnDigits.photographed;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.Box;
import io.github.ram.model.ImageShape;
import io.github.ram.model.Prediction;
import io.github.ram.model.image.decode.EncodedImages;
import io.github.ram.model.image.decode.ImageException;
import io.github.ram.model.image.decode.ImageException.Reason;
import io.github.ram.model.image.decode.ImageLimits;
import io.github.ram.model.image.draw.Canvas;
import java.awt.image.BufferedImage;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures made into the input of a model. */
class PreprocessorTest {

    private static final Preprocessor PREPROCESSOR = new Preprocessor(new ImageShape(28, 28, 1), ImageLimits.DEFAULT);

    private static final List<String> DIGITS = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

    /** A seven as MNIST would have it. */
    private static final byte[] SEVEN =
            prepare(drawn(7, 300, 300, WHITE, BLACK)).pixels();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void digitIsTwentyPixelsLongWithItsCentreOfMassInTheMiddle(int digit) {
        byte[] pixels = prepare(drawn(digit, 200, 300, BLACK, WHITE)).pixels();

        double mass = 0;
        double x = 0;
        double y = 0;
        int[] extent = {28, 28, -1, -1};
        int lightest = 0;
        for (int i = 0; i < pixels.length; i++) {
            int value = pixels[i] & 0xFF;
            mass += value;
            x += value * (i % 28 + 0.5);
            y += value * (i / 28 + 0.5);
            lightest = Math.max(lightest, value);
            if (value > 0) {
                extent[0] = Math.min(extent[0], i % 28);
                extent[1] = Math.min(extent[1], i / 28);
                extent[2] = Math.max(extent[2], i % 28);
                extent[3] = Math.max(extent[3], i / 28);
            }
        }
        assertEquals(20, Math.max(extent[2] - extent[0], extent[3] - extent[1]) + 1);
        assertEquals(14.5, x / mass, 0.5);
        assertEquals(14.5, y / mass, 0.5);
        assertEquals(255, lightest);
    }

    @Test
    void imageThatIsMadeLikeMnistsPassesBitForBit() throws Exception {
        ModelInput image = PREPROCESSOR.prepare(encode("png", grey(28, 28, SEVEN)), PreprocessingMode.AUTO);

        assertArrayEquals(SEVEN, image.pixels());
        assertEquals(
                new InputOrigin(
                        PreprocessingMode.NONE,
                        new InputOrigin.Size(28, 28),
                        1,
                        null,
                        new InputOrigin.Area(0, 0, 28, 28)),
                image.origin());
    }

    @Test
    void imageOfTheModelsSizeThatIsLaidOutOtherwiseIsCentred() throws Exception {
        byte[] moved = new byte[784];
        System.arraycopy(SEVEN, 0, moved, 28 * 4 + 3, 784 - 28 * 4 - 3);
        byte[] faint = new byte[784];
        for (int i = 0; i < 784; i++) {
            faint[i] = (byte) ((SEVEN[i] & 0xFF) * 30 / 255);
        }

        for (byte[] pixels : new byte[][] {moved, faint}) {
            ModelInput image = PREPROCESSOR.preparePixels(pixels, PreprocessingMode.AUTO);

            assertEquals(PreprocessingMode.MNIST, image.origin().applied());
            assertTrue(difference(SEVEN, image.pixels()) < 8, "differs by " + difference(SEVEN, image.pixels()));
        }
    }

    @Test
    void halfOfTheBorderDecidesForAModelOfDigitsAnywhere() throws Exception {
        Preprocessor other = new Preprocessor(
                new ImageShape(28, 28, 1), ImageLimits.DEFAULT, InputLayout.of(1, DIGITS, "translated"));
        byte[] pixels = SEVEN.clone();
        Arrays.fill(pixels, 0, 28, (byte) 255); // the border has 108 pixels
        Arrays.fill(pixels, 27 * 28, 27 * 28 + 26, (byte) 33);
        assertEquals(
                PreprocessingMode.NONE,
                other.preparePixels(pixels, PreprocessingMode.AUTO).origin().applied());

        pixels[27 * 28 + 26] = 33;
        assertEquals(
                PreprocessingMode.MNIST,
                other.preparePixels(pixels, PreprocessingMode.AUTO).origin().applied());
    }

    @Test
    void aModelOfPicturesTakesPixelsOfItsShapeAsTheyAre() throws Exception {
        Preprocessor pictures = new Preprocessor(new ImageShape(2, 2, 3), ImageLimits.DEFAULT, InputLayout.PICTURE);
        byte[] pixels = {120, 121, 122, 120, 121, 122, 120, 121, 122, 120, 121, 122}; // without contrast
        ModelInput image = pictures.preparePixels(pixels, PreprocessingMode.AUTO);
        assertArrayEquals(pixels, image.pixels());
        assertEquals(PreprocessingMode.CROP, image.origin().applied());
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "CROP"})
    void theShorterSideOfAPictureIsScaledAndItsMiddleIsCutOut(PreprocessingMode mode) throws Exception {
        Preprocessor pictures = new Preprocessor(new ImageShape(2, 2, 1), ImageLimits.DEFAULT, InputLayout.PICTURE);
        byte[] wide = encode(
                "png",
                grey(
                        7,
                        4,
                        bytes(
                                9, 10, 30, 50, 70, 9, 9, //
                                9, 10, 30, 50, 70, 9, 9, //
                                9, 110, 130, 150, 170, 9, 9, //
                                9, 110, 130, 150, 170, 9, 9)));
        byte[] small = encode("png", grey(1, 3, bytes(9, 80, 7)));

        ModelInput reduced = pictures.prepare(wide, mode);
        ModelInput enlarged = pictures.prepare(small, mode);

        assertArrayEquals(bytes(20, 60, 120, 160), reduced.pixels());
        assertEquals(
                new InputOrigin(
                        PreprocessingMode.CROP, new InputOrigin.Size(7, 4), 1, null, new InputOrigin.Area(1, 0, 4, 4)),
                reduced.origin());
        assertEquals(List.of(), reduced.warnings());
        assertArrayEquals(bytes(80, 80, 80, 80), enlarged.pixels());
        assertEquals(new InputOrigin.Area(0, 1, 1, 1), enlarged.origin().area());
    }

    @Test
    void aTurnedPictureIsCutUpright() throws Exception {
        byte[] turned = EncodedImages.png(
                3,
                2,
                8,
                EncodedImages.GREY,
                new byte[][] {EncodedImages.chunk("eXIf", EncodedImages.exif(ByteOrder.BIG_ENDIAN, 6))},
                0,
                1,
                2,
                3,
                0,
                4,
                5,
                6);
        Preprocessor pictures = new Preprocessor(new ImageShape(2, 2, 1), ImageLimits.DEFAULT, InputLayout.PICTURE);

        // Upright 4 1, 5 2, 6 3
        assertArrayEquals(
                bytes(4, 1, 5, 2),
                pictures.prepare(turned, PreprocessingMode.AUTO).pixels());
    }

    @Test
    void aModelOfPicturesLooksForNoInk() {
        Preprocessor pictures = new Preprocessor(new ImageShape(2, 2, 3), ImageLimits.DEFAULT, InputLayout.PICTURE);

        assertEquals(
                "preprocess mnist finds the ink of a digit, and the model is one of pictures: choose auto, crop or none",
                assertThrows(IllegalArgumentException.class, () -> pictures.requireFit(PreprocessingMode.MNIST))
                        .getMessage());
        for (PreprocessingMode mode : PreprocessingMode.values()) {
            PREPROCESSOR.requireFit(mode);
        }
    }

    @Test
    void onlyGreyImagesWithNumbersForClassesAreDigits() {
        List<String> clothes = List.of("T-shirt/top", "trouser");
        assertEquals(InputLayout.PICTURE, InputLayout.of(3, DIGITS, null));
        assertEquals(InputLayout.PICTURE, InputLayout.of(1, DIGITS, "folder"));
        assertEquals(InputLayout.PICTURE, InputLayout.of(1, clothes, "fashion"));
        assertEquals(InputLayout.CENTRED_DIGIT, InputLayout.of(1, DIGITS, null));
        assertEquals(InputLayout.CENTRED_DIGIT, InputLayout.of(1, DIGITS, "strokes"));
        assertEquals(InputLayout.CENTRED_DIGIT, InputLayout.of(1, DIGITS, "digits"));
        assertEquals(InputLayout.OTHER, InputLayout.of(1, DIGITS, "cluttered-100-8"));
    }

    @Test
    void imageOfTheModelsSizeIsTakenAsItIsOnlyIfItIsLightOnDark() throws Exception {
        byte[] inverted = new byte[SEVEN.length];
        for (int i = 0; i < inverted.length; i++) {
            inverted[i] = (byte) (255 - SEVEN[i]);
        }

        ModelInput image = PREPROCESSOR.preparePixels(inverted, PreprocessingMode.AUTO);

        assertEquals(PreprocessingMode.MNIST, image.origin().applied());
        assertTrue(difference(SEVEN, image.pixels()) < 2, "differs by " + difference(SEVEN, image.pixels()));
        assertArrayEquals(
                inverted,
                PREPROCESSOR.preparePixels(inverted, PreprocessingMode.NONE).pixels());
    }

    @Test
    void sizeMarginsAndPlaceMakeNoDifference() {
        for (double[] place : new double[][] {
            {60, 60, 30, 30, 30}, {1500, 900, 300, 400, 300}, {500, 500, 90, 420, 90}, {120, 1000, 60, 500, 100}
        }) {
            BufferedImage picture = drawn(
                    7, (int) place[0], (int) place[1], place[2], place[3], place[4], place[4] * 0.06, BLACK, WHITE);
            double difference = difference(SEVEN, prepare(picture).pixels());
            assertTrue(difference < 10, Arrays.toString(place) + ": " + difference);
        }
    }

    @Test
    void inkOfAnyColourOnPaperOfAnyColourIsFound() {
        int[][] inkOnPaper = {
            {BLACK, WHITE},
            {WHITE, BLACK},
            {0x2030A0, 0xF4F0E0},
            {0xFFE000, WHITE},
            {0x0000FF, BLACK},
            {0xC8C8C8, WHITE},
            {0x303030, BLACK},
            {0xFF0000, 0x008200} // of one luma
        };
        for (int[] pair : inkOnPaper) {
            double difference = difference(
                    SEVEN, prepare(drawn(7, 300, 300, pair[0], pair[1])).pixels());
            assertTrue(difference < 4, "%06x on %06x: %f".formatted(pair[0], pair[1], difference));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {BLACK, WHITE, 0x3060C0})
    void digitDrawnOnNothingIsFound(int ink) {
        BufferedImage opaque = drawn(7, 300, 300, WHITE, BLACK);
        BufferedImage transparent = new BufferedImage(300, 300, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < 300; y++) {
            for (int x = 0; x < 300; x++) {
                transparent.setRGB(x, y, (opaque.getRGB(x, y) & 0xFF) << 24 | ink);
            }
        }

        double difference = difference(SEVEN, prepare(transparent).pixels());

        assertTrue(difference < 2, "differs by " + difference);
    }

    @Test
    void cardWithTransparentCornersHasNoInkInThem() {
        BufferedImage card = new BufferedImage(300, 300, BufferedImage.TYPE_INT_ARGB);
        BufferedImage picture = drawn(7, 300, 300, BLACK, WHITE);
        for (int y = 0; y < 300; y++) {
            for (int x = 0; x < 300; x++) {
                boolean corner = Math.min(x, 299 - x) + Math.min(y, 299 - y) < 40;
                card.setRGB(x, y, corner ? 0 : 0xFF000000 | picture.getRGB(x, y));
            }
        }

        double difference = difference(SEVEN, prepare(card).pixels());

        assertTrue(difference < 2, "differs by " + difference);
    }

    @ParameterizedTest
    @EnumSource(InputOrigin.Tone.class)
    void photographOfADigitIsLikeTheDigit(InputOrigin.Tone tone) {
        boolean dark = tone == InputOrigin.Tone.DARK;
        BufferedImage photograph = photographed(drawn(7, 640, 480, dark ? BLACK : WHITE, dark ? WHITE : 0x404040), 3);

        ModelInput image = prepare(photograph);

        double difference = difference(SEVEN, image.pixels());
        assertTrue(difference < 14, "differs by " + difference); // a pixel to the side makes 10
        assertEquals(tone, image.origin().ink().tone());
    }

    @Test
    void dirtAndTheEdgeOfTheTableAreLeftOut() {
        Canvas canvas = new Canvas(600, 400, 0xE8E4DC);
        canvas.number(7, 300, 200, 180, 10.8, 0x202020);
        canvas.fill(0, 0, 60, 400, 0x503018);
        canvas.fill(60, 370, 600, 400, 0x503018);
        canvas.stroke(new double[] {480, 80}, 4, 0x202020);
        canvas.stroke(new double[] {150, 330, 156, 334}, 3, 0x404040);

        double difference = difference(SEVEN, prepare(canvas.toImage()).pixels());

        assertTrue(difference < 4, "differs by " + difference);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 0.93})
    void ringAroundADigitIsLeftOut(double share) {
        Canvas canvas = new Canvas(400, 400, WHITE);
        canvas.number(7, 200, 200, 140, 9, BLACK);
        double[] ring = new double[160];
        for (int i = 0; i < ring.length; i += 2) {
            double angle = 2 * Math.PI * share * i / (ring.length - 2);
            ring[i] = 200 + 150 * StrictMath.cos(angle);
            ring[i + 1] = 200 + 140 * StrictMath.sin(angle);
        }
        canvas.stroke(ring, 5, BLACK);

        ModelInput image = prepare(canvas.toImage());

        double difference = difference(SEVEN, image.pixels());
        assertTrue(difference < 4, "differs by " + difference);
        assertEquals(List.of(), image.warnings());
    }

    @ParameterizedTest
    @CsvSource({"white, black, white", "black, gray, white", "black, white, gray", "white, blue, silver"})
    void digitOnADiscIsFound(String ink, String disc, String around) {
        Canvas canvas = new Canvas(400, 400, colour(around));
        canvas.stroke(new double[] {200, 200}, 160, colour(disc));
        canvas.number(7, 200, 200, 140, 9, colour(ink));

        double difference = difference(SEVEN, prepare(canvas.toImage()).pixels());

        assertTrue(difference < 4, "differs by " + difference);
    }

    @ParameterizedTest
    @CsvSource({"black, white, gray", "black, white, black", "navy, yellow, white"})
    void digitOnASheetIsFound(String ink, String sheet, String table) {
        Canvas canvas = new Canvas(600, 500, colour(table));
        canvas.fill(80, 40, 500, 440, colour(sheet));
        canvas.number(7, 280, 230, 180, 11, colour(ink));

        ModelInput image = prepare(canvas.toImage());

        double difference = difference(SEVEN, image.pixels());
        assertTrue(difference < 4, "differs by " + difference);
        assertBox(218, 129, 342, 331, image);
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 40, 60})
    void holeOfAZeroIsNoDigit(int radius) {
        Canvas canvas = new Canvas(400, 400, WHITE);
        canvas.number(0, 200, 200, 220, radius, BLACK);

        Box box = prepare(canvas.toImage()).origin().ink().box();

        assertEquals(220 + 2 * radius, box.height(), 3);
    }

    /** A surface between the two shades would make the shades themselves ink. */
    @ParameterizedTest
    @ValueSource(ints = {0xEBEBEB, 0xE3E3E3, 0xDCDCDC, 0xD4D4D4})
    void faintEdgeOfAShadowIsNoInk(int shade) {
        Canvas canvas = new Canvas(400, 400, 0xF5F5F5);
        canvas.fill(210, 0, 400, 400, shade);
        canvas.number(7, 200, 200, 180, 11, 0x202020);

        double difference = difference(SEVEN, prepare(canvas.toImage()).pixels());

        assertTrue(difference < 4, "differs by " + difference);
    }

    private static int colour(String name) {
        return switch (name) {
            case "black" -> BLACK;
            case "white" -> WHITE;
            case "gray" -> 0x808080;
            case "silver" -> 0xC0C0C0;
            case "blue" -> 0x1E6EE6;
            case "navy" -> 0x203080;
            case "yellow" -> 0xFCE86E;
            default -> throw new IllegalArgumentException(name);
        };
    }

    @Test
    void looseBarBelongsToItsDigit() {
        Canvas canvas = new Canvas(300, 300, WHITE);
        canvas.stroke(new double[] {120, 110, 120, 160, 170, 165, 180, 200, 120, 220}, 8, BLACK);
        canvas.stroke(new double[] {140, 90, 190, 88}, 8, BLACK);

        // From 120 and 80 less the pen's 8, to 190 and 220 plus them.
        assertBox(112, 80, 198, 228, prepare(canvas.toImage()));
    }

    @ParameterizedTest
    @ValueSource(ints = {-50, 50})
    void strokeThatLeansByThirtyDegreesIsTurnedUpright(int right) {
        Canvas canvas = new Canvas(300, 300, WHITE);
        canvas.stroke(new double[] {150 - right, 150 + 87, 150 + right, 150 - 87}, 8, BLACK);

        ModelInput image = prepare(canvas.toImage());

        long columns = IntStream.range(0, 784)
                .filter(i -> image.pixels()[i] != 0)
                .map(i -> i % 28)
                .distinct()
                .count();
        assertTrue(columns <= 8, columns + " columns have ink"); // 12 if it is not turned
        assertEquals(150, image.origin().area().left() + image.origin().area().width() / 2, 5);
        assertEquals(150, image.origin().area().top() + image.origin().area().height() / 2, 5);
    }

    @ParameterizedTest
    @ValueSource(ints = {-60, -50, 50, 60})
    void glimpseAtTheEndOfATurnedStrokeIsAtItsEndInThePicture(int right) {
        Canvas canvas = new Canvas(300, 300, WHITE);
        canvas.stroke(new double[] {150 - right, 150 + 87, 150 + right, 150 - 87}, 8, BLACK);

        ModelInput image = prepare(canvas.toImage());
        int[] top = IntStream.range(0, 28)
                .mapToObj(row -> IntStream.range(28 * row, 28 * row + 28)
                        .filter(i -> image.pixels()[i] != 0)
                        .toArray())
                .filter(inked -> inked.length > 0)
                .findFirst()
                .orElseThrow();
        Box end = InputOriginTest.seen(image.origin(), new Box(top[0] % 28, top[0] / 28, top.length, 1));

        // A pixel of the input is nine of the picture's. Without the turn back the end is 17 or 47 away.
        assertEquals(150 + right, end.centreX(), 12);
        assertEquals(150 - 87, end.centreY(), 12);
    }

    /** Not of this five: the level edges of its bar are removed as lines, which opens the outline. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 6, 7, 8, 9})
    void outlineOfADigitIsFilled(int digit) {
        Canvas canvas = new Canvas(300, 300, WHITE);
        canvas.number(digit, 150, 150, 180, 13, BLACK);
        BufferedImage whole = canvas.toImage();
        canvas.number(digit, 150, 150, 180, 10, WHITE);
        BufferedImage outline = canvas.toImage();

        double difference = difference(prepare(whole).pixels(), prepare(outline).pixels());
        assertTrue(difference < 2, "differs by " + difference);
    }

    @ParameterizedTest
    @CsvSource({"40, 90", "60, 80", "25, 90"})
    void holeOfAZeroStays(int across, int down) {
        Canvas canvas = new Canvas(300, 300, WHITE);
        double[] ellipse = new double[2 * 61];
        for (int i = 0; i <= 60; i++) {
            ellipse[2 * i] = 150 + across * StrictMath.cos(2 * Math.PI * i / 60);
            ellipse[2 * i + 1] = 150 + down * StrictMath.sin(2 * Math.PI * i / 60);
        }
        canvas.stroke(ellipse, 4, BLACK);

        assertEquals(0, prepare(canvas.toImage()).pixels()[14 * 28 + 14]);
    }

    @Test
    void pixelsEnlargedToBlocksGiveTheSameInput() {
        BufferedImage small = drawn(7, 12, 12, BLACK, WHITE);
        BufferedImage large = new BufferedImage(120, 120, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 120 * 120; i++) {
            large.setRGB(i % 120, i / 120, small.getRGB(i % 120 / 10, i / 1200));
        }

        assertArrayEquals(prepare(small).pixels(), prepare(large).pixels());
    }

    @Test
    void strokeThatFillsItsPictureIsInk() {
        int[] shades = {230, 150, 70, 40, 40, 40, 40, 40, 40, 70, 150, 230};
        BufferedImage picture = new BufferedImage(shades.length, 60, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 60 * shades.length; i++) {
            picture.setRGB(i % shades.length, i / shades.length, shades[i % shades.length] * 0x10101);
        }

        ModelInput image = prepare(picture);

        assertEquals(InputOrigin.Tone.DARK, image.origin().ink().tone());
        assertBox(0, 0, 12, 60, image);
    }

    @Test
    void thinStrokesBecomeWhite() {
        byte[] pixels =
                prepare(drawn(7, 1000, 1000, 500, 500, 800, 3, 0x707070, WHITE)).pixels();

        int white = 0;
        for (byte pixel : pixels) {
            white += (pixel & 0xFF) > 200 ? 1 : 0;
        }
        assertTrue(white > 15, white + " white pixels");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 255})
    void pictureWithoutInkIsRefused(int shade) {
        byte[] level = new byte[90 * 70];
        Arrays.fill(level, (byte) shade);
        byte[] noisy = level.clone();
        byte[] slanted = level.clone();
        Random random = new Random(4);
        for (int i = 0; i < level.length; i++) {
            noisy[i] = (byte) Math.max(0, Math.min(255, shade + 10 * random.nextGaussian()));
            slanted[i] = (byte) (i % 90 + i / 90);
        }
        for (byte[] pixels : new byte[][] {level, noisy, slanted}) {
            assertNoInk(encode("png", grey(90, 70, pixels)), PreprocessingMode.AUTO);
            assertNoInk(encode("png", grey(90, 70, pixels)), PreprocessingMode.MNIST);
        }
        assertNoInk(encode("png", grey(28, 28, Arrays.copyOf(level, 28 * 28))), PreprocessingMode.AUTO);
    }

    @Test
    void pictureOfOnePixelIsRefused() {
        assertNoInk(encode("png", grey(1, 1, new byte[1])), PreprocessingMode.AUTO);
    }

    @Test
    void boxesAreGivenInThePicturesPixels() {
        ModelInput image = prepare(drawn(1, 600, 400, 400, 250, 200, 10, BLACK, WHITE));

        // The flag begins 20 to the right of the digit's box of 120, the stem stands at 68; the pen adds 10 around.
        assertBox(350, 140, 418, 360, image);
        InputOrigin.Area area = image.origin().area();
        Prediction prediction = new Prediction(
                1,
                "1",
                1,
                null,
                List.of(1f),
                List.of(
                        new Prediction.Glimpse(1, 0, 0, new Box(0, 0, 28, 28)),
                        new Prediction.Glimpse(2, 0, 0, new Box(-4, 10, 8, 8))),
                List.of());
        List<Prediction.Glimpse> moved =
                image.origin().inPicture(prediction, new ImageShape(28, 28, 1)).glimpses();
        assertEquals(
                new Box(
                        Math.round(area.left()),
                        Math.round(area.top()),
                        Math.round(area.width()),
                        Math.round(area.height())),
                moved.get(0).box());
        // The box of 222 pixels became 20: an input pixel is 11 of the picture.
        assertEquals(11, area.height() / 28, 0.3);
        assertEquals(11, area.width() / 28, 1); // six columns rather than 6.3
        assertEquals(area.left() - 4 * 11, moved.get(1).box().left(), 5);
        assertEquals(area.top() + 10 * 11, moved.get(1).box().top(), 3);
        assertEquals(8 * 11, moved.get(1).box().height(), 3);
    }

    @Test
    void smallImageAsItIsIsEnlargedAndCentred() throws Exception {
        assertArrayEquals(
                bytes(0, 9, 0, 0, 9, 0, 0, 9, 0),
                whole(new ImageShape(3, 3, 1), 1, 3, 9, 9, 9).pixels());
        ModelInput two = whole(new ImageShape(4, 4, 1), 2, 1, 10, 20);
        assertArrayEquals(bytes(0, 0, 0, 0, 10, 10, 20, 20, 10, 10, 20, 20, 0, 0, 0, 0), two.pixels());
        assertEquals(new InputOrigin.Area(0, -0.5f, 2, 2), two.origin().area());
    }

    @Test
    void longLineAsItIsKeepsOneRow() throws Exception {
        int[] line = new int[4096];
        Arrays.fill(line, 77);

        assertArrayEquals(
                bytes(0, 0, 0, 0, 77, 77, 77, 77, 0, 0, 0, 0, 0, 0, 0, 0),
                whole(new ImageShape(4, 4, 1), 4096, 1, line).pixels());
    }

    @Test
    void theOddColumnOfAFittedPictureStaysWhereItIsForAnUprightOne() throws Exception {
        byte[] standing = EncodedImages.png(1, 2, 8, EncodedImages.GREY, new byte[0][], 0, 8, 0, 9);
        byte[] turned = EncodedImages.png(
                2,
                1,
                8,
                EncodedImages.GREY,
                new byte[][] {EncodedImages.chunk("eXIf", EncodedImages.exif(ByteOrder.BIG_ENDIAN, 6))},
                0,
                8,
                9);
        Preprocessor small = new Preprocessor(new ImageShape(2, 2, 1), ImageLimits.DEFAULT);

        assertArrayEquals(
                bytes(8, 0, 9, 0),
                small.prepare(standing, PreprocessingMode.NONE).pixels());
        assertArrayEquals(
                bytes(8, 0, 9, 0), small.prepare(turned, PreprocessingMode.NONE).pixels());
    }

    @Test
    void modelWithTwoChannelsIsRejected() {
        ImageShape shape = new ImageShape(28, 28, 2);

        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> new Preprocessor(shape, ImageLimits.DEFAULT));

        assertEquals("channels must be 1 (grey) or 3 (RGB) to read image files, got 2", e.getMessage());
    }

    @Test
    void colourModelGetsTheInkInAllChannels() throws Exception {
        Preprocessor colour = new Preprocessor(new ImageShape(28, 28, 3), ImageLimits.DEFAULT);

        byte[] pixels = colour.prepare(encode("png", drawn(7, 300, 300, 0x0000A0, WHITE)), PreprocessingMode.AUTO)
                .pixels();

        for (int i = 0; i < SEVEN.length; i++) {
            for (int c = 0; c < 3; c++) {
                assertEquals(SEVEN[i] & 0xFF, pixels[3 * i + c] & 0xFF, 6);
            }
        }
    }

    @Test
    void waysAreNamed() {
        assertEquals(PreprocessingMode.MNIST, PreprocessingMode.named("mnist"));
        assertEquals(
                "preprocess must be one of auto, mnist, crop, none, got MNIST",
                assertThrows(IllegalArgumentException.class, () -> PreprocessingMode.named("MNIST"))
                        .getMessage());
    }

    /** Within the size of what a large picture is reduced to before ink is looked for. */
    private static void assertBox(int left, int top, int right, int bottom, ModelInput image) {
        Box box = image.origin().ink().box();
        assertEquals(left, box.left(), 3, "left");
        assertEquals(top, box.top(), 3, "top");
        assertEquals(right, box.left() + box.width(), 3, "right");
        assertEquals(bottom, box.top() + box.height(), 3, "bottom");
    }

    private static ModelInput whole(ImageShape shape, int width, int height, int... pixels) throws ImageException {
        return new Preprocessor(shape, ImageLimits.DEFAULT)
                .prepare(encode("png", grey(width, height, bytes(pixels))), PreprocessingMode.NONE);
    }

    private static void assertNoInk(byte[] file, PreprocessingMode way) {
        ImageException e = assertThrows(ImageException.class, () -> PREPROCESSOR.prepare(file, way));
        assertEquals(Reason.UNUSABLE, e.reason());
        assertEquals(
                "the picture shows no ink: nothing on it stands out from its background, so there is no digit to read",
                e.getMessage());
    }

    private static ModelInput prepare(BufferedImage picture) {
        try {
            return PREPROCESSOR.prepare(encode("png", picture), PreprocessingMode.AUTO);
        } catch (ImageException e) {
            throw new AssertionError(e);
        }
    }
}
