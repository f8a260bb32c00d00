package io.github.ram.training.data.drawn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class GlyphTest {

    @Test
    void notationGivesStrokesPointsAndCorners() {
        assertEquals(
                new Glyph(List.of(
                        List.of(new Glyph.Point(0, 8, false), new Glyph.Point(54.5, 4, true)),
                        List.of(new Glyph.Point(12, 52, false), new Glyph.Point(-46, 50, false)))),
                Glyph.of("0,8 54.5,4! | 12,52 -46,50"));
    }

    @Test
    void curvePassesThroughItsControlPoints() {
        double[][] line = Glyph.of("0,0 30,60 90,0").polylines().get(0);
        assertEquals(13, line.length);
        assertArrayEquals(new double[] {0, 0}, line[0]);
        assertArrayEquals(new double[] {30, 60}, line[6]);
        assertArrayEquals(new double[] {90, 0}, line[12]);
    }

    @Test
    void curveIsSmoothWhereThereIsNoCorner() {
        double[][] line = Glyph.of("0,0 30,60 90,0").polylines().get(0);
        // Half way from (0, 0) to (30, 60): their middle, less an eighth of the slope (45, 0) at the second,
        // plus an eighth of the slope (15, 30) at the first.
        assertArrayEquals(new double[] {11.25, 33.75}, line[3]);
    }

    @Test
    void strokeBetweenCornersIsStraight() {
        double[][] line = Glyph.of("0,0 30,60! 90,0").polylines().get(0);
        for (int i = 0; i <= 6; i++) {
            assertEquals(2 * line[i][0], line[i][1], 1e-12);
        }
    }
}
