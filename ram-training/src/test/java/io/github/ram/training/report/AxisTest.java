package io.github.ram.training.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class AxisTest {

    @Test
    void amountsAreMeasuredFromZero() {
        assertEquals(new Axis(0, 2.06, false), Axis.around(false, 1, 2));
        assertEquals(List.of(0.0, 0.5, 1.0, 1.5, 2.0), Axis.around(false, 1, 2).ticks(5));
    }

    @Test
    void whatCanBeNegativeHasRoomOnBothSides() {
        Axis axis = Axis.around(false, -1, 1);
        assertEquals(-1.12, axis.least(), 1e-12);
        assertEquals(1.12, axis.most(), 1e-12);
        assertEquals(0.5, axis.place(0), 1e-12);
        assertEquals(List.of(-1.0, -0.5, 0.0, 0.5, 1.0), axis.ticks(5));
    }

    @Test
    void equalStepsOfALogarithmicAxisAreEqualFactors() {
        Axis axis = new Axis(0.1, 10, true);
        assertEquals(0, axis.place(0.1), 1e-12);
        assertEquals(0.5, axis.place(1), 1e-12);
        assertEquals(1, axis.place(10), 1e-12);
        assertEquals(List.of("0.1", "0.2", "0.5", "1", "2", "5", "10"), labels(axis));
        assertEquals(List.of("1e-6", "1e-5", "1e-4", "0.001", "0.01", "0.1", "1"), labels(new Axis(1e-6, 1, true)));
    }

    private static List<String> labels(Axis axis) {
        return axis.ticks(5).stream().map(Axis::label).toList();
    }

    @Test
    void aLogarithmicAxisPassesOverZeroAndPutsItAtItsEnd() {
        Axis axis = Axis.around(true, 0, 4, 0.5, Double.NaN);
        assertEquals(0.5 / 1.15, axis.least(), 1e-12);
        assertEquals(0, axis.place(0), 1e-12);
    }

    @Test
    void oneValueOrNoneMakesAnAxisToo() {
        for (Axis axis : List.of(
                Axis.around(false),
                Axis.around(true),
                Axis.around(false, 0),
                Axis.around(false, -3),
                Axis.around(true, 1e-3))) {
            assertEquals(true, axis.most() > axis.least(), axis.toString());
            assertEquals(false, axis.ticks(5).isEmpty(), axis.toString());
        }
    }

    @Test
    void numbersAreWrittenShort() {
        assertEquals("0", Axis.label(0));
        assertEquals("0.25", Axis.label(0.25));
        assertEquals("-0.005", Axis.label(-0.005));
        assertEquals("2000", Axis.label(2000));
        assertEquals("5e-4", Axis.label(0.0005));
        assertEquals("1e-10", Axis.label(1e-10));
        assertEquals("1e6", Axis.label(1_000_000));
    }
}
