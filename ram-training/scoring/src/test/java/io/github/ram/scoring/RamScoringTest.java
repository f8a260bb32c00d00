package io.github.ram.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.Classifier;
import io.github.ram.model.Prediction;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.model.image.digit.PreprocessingMode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RamScoringTest {

    private static final DataType NUMBERS = DataTypes.createArrayType(DataTypes.IntegerType);
    private static final RamScoring MNIST = RamScoring.of("mnist");

    private static Spark spark;

    @BeforeAll
    static void start() {
        spark = new Spark();
    }

    @AfterAll
    static void stop() {
        spark.close();
    }

    private static Dataset<Row> table(DataType type, Object... pictures) {
        List<Row> rows = new ArrayList<>();
        for (Object picture : pictures) {
            rows.add(RowFactory.create(rows.size(), picture));
        }
        return spark.session()
                .createDataFrame(
                        rows, new StructType().add("id", DataTypes.IntegerType).add("image", type));
    }

    /** The scores of pictures, in their order. */
    private static List<Row> score(RamScoring scoring, DataType type, Object... pictures) {
        return scoring.score(table(type, pictures), "image").orderBy("id").collectAsList();
    }

    private static String error(RamScoring scoring, DataType type, Object picture) {
        Row row = score(scoring, type, picture).get(0);
        for (String column : List.of("class", "label", "confidence", "probabilities", "glimpses")) {
            assertNull(row.getAs(column), column);
        }
        assertEquals("ram-mnist cd76717f86b6", row.getAs("model"));
        return row.getAs("error");
    }

    private static void assertIsThePrediction(int rollouts, Row row) {
        Checkpoint checkpoint = Checkpoint.bundled();
        Prediction expected;
        try (Classifier classifier = checkpoint.classifier()) {
            expected = classifier.predict(checkpoint.model().query(Digits.pixels(), rollouts));
        }
        assertEquals(7, row.<Integer>getAs("class"));
        assertEquals("7", row.getAs("label"));
        assertEquals(expected.confidence(), row.<Float>getAs("confidence"));
        assertEquals(expected.probabilities(), row.getList(row.fieldIndex("probabilities")));
        List<Row> glimpses = row.getList(row.fieldIndex("glimpses"));
        assertEquals(6, glimpses.size());
        for (int t = 0; t < 6; t++) {
            Prediction.Glimpse glimpse = expected.glimpses().get(t);
            assertEquals(
                    RowFactory.create(
                            t + 1,
                            glimpse.x(),
                            glimpse.y(),
                            RowFactory.create(
                                    glimpse.box().left(), glimpse.box().top(), 8, 8)),
                    glimpses.get(t));
        }
        assertEquals("ram-mnist cd76717f86b6", row.getAs("model"));
        assertNull(row.getAs("error"));
    }

    @Test
    void theScoreOfAPictureIsItsPrediction() {
        List<Row> rows = score(MNIST, DataTypes.BinaryType, Digits.file());

        assertEquals(
                List.of("id", "class", "label", "confidence", "probabilities", "glimpses", "model", "error"),
                List.of(rows.get(0).schema().fieldNames()));
        assertIsThePrediction(1, rows.get(0));
    }

    @Test
    void severalRolloutsAreAveraged() {
        assertIsThePrediction(
                3, score(MNIST.rollouts(3), DataTypes.BinaryType, Digits.file()).get(0));
    }

    @Test
    void pixelsAreNumbersOrRowsOfNumbersOrBytes() {
        Integer[] numbers = Digits.numbers();
        Integer[][] rows = new Integer[28][];
        for (int y = 0; y < 28; y++) {
            rows[y] = Arrays.copyOfRange(numbers, 28 * y, 28 * y + 28);
        }
        Double[] doubles = Arrays.stream(numbers).map(Integer::doubleValue).toArray(Double[]::new);

        assertIsThePrediction(1, score(MNIST, NUMBERS, (Object) numbers).get(0));
        assertIsThePrediction(
                1,
                score(MNIST, DataTypes.createArrayType(NUMBERS), (Object) rows).get(0));
        assertIsThePrediction(
                1,
                score(MNIST, DataTypes.createArrayType(DataTypes.DoubleType), (Object) doubles)
                        .get(0));
        assertIsThePrediction(
                1, score(MNIST.pixels(), DataTypes.BinaryType, Digits.pixels()).get(0));
    }

    @Test
    void aStringIsThePathOfAPicture() {
        String path = Digits.FILE.toAbsolutePath().normalize().toString();

        Row row = score(MNIST, DataTypes.StringType, path).get(0);

        assertEquals(path, row.getAs("image"));
        assertIsThePrediction(1, row);
    }

    @Test
    void whatCannotBeReadHasTheReason() {
        Path missing = Path.of("no such file.png").toAbsolutePath();

        assertEquals("the picture is null", error(MNIST, DataTypes.BinaryType, null));
        assertEquals("the image file is empty", error(MNIST, DataTypes.BinaryType, new byte[0]));
        assertEquals(
                "the file is not a PNG, JPEG, BMP, GIF or WebP image: convert it to PNG",
                error(MNIST, DataTypes.BinaryType, "seven".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        assertEquals(
                "the PNG image is damaged or incomplete",
                error(MNIST, DataTypes.BinaryType, Arrays.copyOf(Digits.file(), 100)));
        assertEquals(
                missing + " cannot be read: it does not exist, or permission is denied",
                error(MNIST, DataTypes.StringType, missing.toString()));
        assertEquals(
                "the picture has 3 pixels, the model reads 784 (28×28×1)",
                error(MNIST, NUMBERS, new Integer[] {1, 2, 3}));
        assertEquals(
                "the picture has 785 pixels, the model reads 784 (28×28×1)",
                error(MNIST.pixels(), DataTypes.BinaryType, new byte[785]));
        Integer[] numbers = Digits.numbers();
        numbers[5] = 256;
        assertEquals("a pixel must be a whole number from 0 to 255, got 256", error(MNIST, NUMBERS, numbers));
        numbers[5] = null;
        assertEquals("a pixel must be a whole number from 0 to 255, got null", error(MNIST, NUMBERS, numbers));
    }

    @Test
    void aPictureWithoutInkHasTheReasonUnlessItIsTakenAsItIs() throws IOException {
        ByteArrayOutputStream black = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_BYTE_GRAY), "png", black);

        assertTrue(error(MNIST, DataTypes.BinaryType, black.toByteArray()).startsWith("the picture shows no ink"));
        assertNull(score(MNIST.preprocess(PreprocessingMode.NONE), DataTypes.BinaryType, black.toByteArray())
                .get(0)
                .getAs("error"));
    }

    @Test
    void aPictureThatNeedsMoreMemoryThanATaskHasIsNotDecoded() {
        byte[] bomb = Digits.file();
        // Its header claims 16384×16384 pixels.
        for (int side : List.of(16, 20)) {
            bomb[side] = 0;
            bomb[side + 1] = 0;
            bomb[side + 2] = 64;
            bomb[side + 3] = 0;
        }
        java.util.zip.CRC32 sum = new java.util.zip.CRC32();
        sum.update(bomb, 12, 17);
        java.nio.ByteBuffer.wrap(bomb).putInt(29, (int) sum.getValue());
        long memory =
                Runtime.getRuntime().maxMemory() / 2 / Runtime.getRuntime().availableProcessors() >> 20;

        String error = error(MNIST, DataTypes.BinaryType, bomb);

        assertEquals(
                memory < 256
                        ? "the picture needs 256 MiB to be decoded, a task has " + memory
                                + " MiB: give the executors more memory"
                        : "the PNG image is damaged or incomplete",
                error);
    }

    @Test
    void goodAndBadPicturesOfManyBatchesKeepTheirRows() {
        Object[] pictures = new Object[200];
        for (int i = 0; i < pictures.length; i++) {
            pictures[i] = i % 3 == 0 ? new byte[] {1} : Digits.file();
        }

        List<Row> rows = score(MNIST, DataTypes.BinaryType, pictures);

        assertEquals(200, rows.size());
        for (int i = 0; i < 200; i++) {
            assertEquals(i, rows.get(i).<Integer>getAs("id"));
            assertEquals(i % 3 == 0 ? null : "7", rows.get(i).getAs("label"));
            assertEquals(i % 3 == 0, rows.get(i).getAs("error") != null);
        }
    }

    @Test
    void columnsNamedLikeTheScoresAreRenamed() {
        Dataset<Row> rows = table(DataTypes.BinaryType, Digits.file()).selectExpr("image", "'seven' label", "id class");

        assertEquals(
                List.of(
                        "input_label",
                        "input_class",
                        "class",
                        "label",
                        "confidence",
                        "probabilities",
                        "glimpses",
                        "model",
                        "error"),
                List.of(MNIST.score(rows, "image").columns()));
        Row row = MNIST.score(rows, "image").head();
        assertEquals("seven", row.getAs("input_label"));
        assertEquals("7", row.getAs("label"));
    }

    @Test
    void thePicturesMayBeAFieldOfAColumn() {
        Dataset<Row> rows = table(DataTypes.BinaryType, Digits.file())
                .selectExpr("id", "named_struct('bytes', image, 'path', 'seven.png') image");

        Row all = MNIST.score(rows, "image.bytes").head();
        Row chosen = MNIST.score(rows, "image.bytes", "image.path").head();

        assertEquals("id", all.schema().fieldNames()[0]);
        assertIsThePrediction(1, all);
        assertEquals("seven.png", chosen.getAs("path"));
        assertEquals(8, chosen.size());
    }

    @Test
    void wrongColumnsAndSettingsAreRejected() {
        assertEquals(
                "the column id must hold pictures (binary), pixels (array of numbers) or paths (string), got int",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> MNIST.score(table(DataTypes.BinaryType, Digits.file()), "id"))
                        .getMessage());
        assertEquals(
                "rollouts must be in [1, 1000], got 0",
                assertThrows(IllegalArgumentException.class, () -> MNIST.rollouts(0))
                        .getMessage());
    }
}
