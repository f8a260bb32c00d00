package io.github.ram.model.ram.glimpse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The sensor, run by SameDiff's own session, against patches written by hand. */
class GlimpseSensorTest {

    /** Outside the image. */
    private static final float o = -1;

    /** Four rows, five columns; a pixel's value is 10·row + column. */
    private static final float[][][] IMAGE = {
        {{0}, {1}, {2}, {3}, {4}},
        {{10}, {11}, {12}, {13}, {14}},
        {{20}, {21}, {22}, {23}, {24}},
        {{30}, {31}, {32}, {33}, {34}}
    };

    @Test
    void anEvenPatchAtTheCentreIsTheMiddleOfTheImage() {
        assertLook(IMAGE, 2, 1, 1, at(0, 0), 11, 12, 21, 22);
    }

    @Test
    void anEvenPatchAtACornerShowsTheCornerAndThePadding() {
        assertLook(IMAGE, 2, 1, 1, at(-1, -1), o, o, o, 0);
        assertLook(IMAGE, 2, 1, 1, at(1, -1), o, o, 4, o);
        assertLook(IMAGE, 2, 1, 1, at(-1, 1), o, 30, o, o);
        assertLook(IMAGE, 2, 1, 1, at(1, 1), 34, o, o, o);
    }

    @Test
    void anOddPatchAtTheCentreHasThePixelInItsMiddle() {
        assertLook(IMAGE, 3, 1, 1, at(0, 0), 11, 12, 13, 21, 22, 23, 31, 32, 33);
    }

    @Test
    void anOddPatchAtACornerShowsTheCornerAndThePadding() {
        assertLook(IMAGE, 3, 1, 1, at(-1, -1), o, o, o, o, 0, 1, o, 10, 11);
        assertLook(IMAGE, 3, 1, 1, at(1, -1), o, o, o, 4, o, o, 14, o, o);
        assertLook(IMAGE, 3, 1, 1, at(-1, 1), o, 30, 31, o, o, o, o, o, o);
        assertLook(IMAGE, 3, 1, 1, at(1, 1), 34, o, o, o, o, o, o, o, o);
    }

    @Test
    void aPatchOfOnePixelIsThatPixel() {
        assertLook(IMAGE, 1, 1, 1, at(0, 0), 22);
        assertLook(IMAGE, 1, 1, 1, at(-1, -1), 0);
        assertLook(IMAGE, 1, 1, 1, at(0.99f, 0.99f), 34);
        assertLook(IMAGE, 1, 1, 1, at(1, 1), o);
    }

    @Test
    void xMovesAcrossColumnsAndYAcrossRows() {
        assertLook(IMAGE, 1, 1, 1, at(0.5f, -0.5f), 13);
        assertLook(IMAGE, 1, 1, 1, at(-0.5f, 0.5f), 31);
    }

    @Test
    void aCoarserPatchIsAveragedBlockByBlock() {
        assertLook(IMAGE, 2, 2, 2, at(0, 0), 11, 12, 21, 22, 5.5f, 7.5f, 25.5f, 27.5f);
    }

    @Test
    void threeScalesFollowFromTheFinestToTheCoarsest() {
        assertLook(IMAGE, 1, 3, 2, at(0, 0), 22, 16.5f, 16.5f);
    }

    @Test
    void aFactorOfThreeAveragesNinePixels() {
        assertLook(IMAGE, 1, 2, 3, at(0, 0), 22, 22);
        assertLook(IMAGE, 1, 2, 3, at(-1, -1), 0, 17 / 9f);
        assertLook(IMAGE, 1, 2, 3, at(1, 1), o, 26 / 9f);
    }

    @Test
    void paddingTakesPartInTheAverages() {
        assertLook(IMAGE, 2, 2, 2, at(1, 1), 34, o, o, o, 28.5f, o, o, o);
        assertLook(IMAGE, 2, 2, 2, at(1, 0), 14, o, 24, o, 8.5f, o, 28.5f, o);
    }

    @Test
    void theChannelsOfAPixelStayTogether() {
        float[][][] image = {{{0, 100}, {1, 101}}, {{10, 110}, {11, 111}}};
        assertLook(image, 2, 1, 1, at(0, 0), 0, 100, 1, 101, 10, 110, 11, 111);
        assertLook(image, 1, 2, 2, at(0, 0), 11, 111, 5.5f, 105.5f);
        assertLook(image, 2, 1, 1, at(-1, -1), o, o, o, o, o, o, 0, 100);
    }

    @Test
    void aPatchLargerThanTheImageIsFilledUpWithPadding() {
        assertLook(new float[][][] {{{7}}}, 3, 1, 1, at(0, 0), o, o, o, o, 7, o, o, o, o);
        assertLook(new float[][][] {{{7}}}, 1, 2, 4, at(0, 0), 7, -8 / 16f);
    }

    @Test
    void thePaddingIsTheOneGiven() {
        float[] seen = look(Nd4j.ones(DataType.FLOAT, 1, 1, 1, 1), at(0, 0), 2, 1, 1, -0.4242129f);
        assertArrayEquals(new float[] {-0.4242129f, -0.4242129f, -0.4242129f, 1}, seen);
    }

    @Test
    void everyImageOfABatchIsSeenAtItsOwnLocation() {
        INDArray images =
                Nd4j.createFromArray(1f, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12).reshape(3, 2, 2, 1);
        INDArray locations = Nd4j.createFromArray(-1f, -1, 0, 0, -1, 0).reshape(3, 2);
        assertArrayEquals(new float[] {1, 8, 11}, look(images, locations, 1, 1, 1, o));
    }

    private static void assertLook(float[][][] image, int size, int scales, int factor, INDArray at, float... patch) {
        INDArray images = Nd4j.createFromArray(new float[][][][] {image});
        assertArrayEquals(patch, look(images, at, size, scales, factor, o), 1e-6f);
    }

    private static INDArray at(float x, float y) {
        return Nd4j.createFromArray(new float[][] {{x, y}});
    }

    private static float[] look(INDArray images, INDArray locations, int size, int scales, int factor, float padding) {
        SameDiff graph = SameDiff.create();
        SDVariable image = graph.placeHolder("images", DataType.FLOAT, -1, -1, -1, -1);
        SDVariable location = graph.placeHolder("locations", DataType.FLOAT, -1, 2);
        GlimpseSensor.in(image, location, size, scales, factor, padding).rename("glimpses");
        return graph.output(Map.of("images", images, "locations", locations), "glimpses")
                .get("glimpses")
                .reshape(-1)
                .toFloatVector();
    }
}
