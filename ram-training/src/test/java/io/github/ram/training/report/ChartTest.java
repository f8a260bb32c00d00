package io.github.ram.training.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.image.draw.Canvas;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ChartTest {

    private static final Chart CHART = new Chart(
            "loss <of> things",
            false,
            List.of(new Chart.Curve("down", new double[] {4, 2, 0}), new Chart.Curve("up", new double[] {0, 2, 4})),
            2);

    private static String svg(Chart chart) {
        SvgSurface surface = new SvgSurface();
        chart.draw(surface);
        return surface.toSvg(Chart.WIDTH, Chart.HEIGHT, chart.title());
    }

    @Test
    void curvesGoThroughTheirValues() {
        String svg = svg(CHART);
        Matcher curves = Pattern.compile("class=\"(first|second)\" stroke-width=\"2\" points=\"([^\"]*)\"")
                .matcher(svg);
        // From 56 to 542 across, and the axis from 0 at 262 up to 4.24 at 46.
        assertTrue(curves.find());
        assertEquals("second", curves.group(1));
        assertEquals("56,262 299,160.11 542,58.23", curves.group(2));
        assertTrue(curves.find());
        assertEquals("first", curves.group(1));
        assertEquals("56,58.23 299,160.11 542,262", curves.group(2));
    }

    @Test
    void theMarkedEpochHasARingOnEveryCurve() {
        Matcher rings = Pattern.compile("<circle class=\"ground\" cx=\"299\" cy=\"160.11\"")
                .matcher(svg(CHART));
        assertTrue(rings.find());
        assertTrue(rings.find());
    }

    @Test
    void titleAndNamesAreWrittenOutWithoutBecomingMarkUp() {
        String svg = svg(CHART);
        assertTrue(svg.contains(">loss &lt;of&gt; things</text>"), svg);
        assertTrue(svg.contains("aria-label=\"loss &lt;of&gt; things\""), svg);
        assertTrue(svg.contains(">down</text>") && svg.contains(">up</text>"), svg);
    }

    @Test
    void aSingleEpochIsADotAndNoneIsAnEmptyChart() {
        String one = svg(new Chart("one", true, List.of(new Chart.Curve("a", new double[] {3})), 0));
        assertTrue(one.contains("<circle class=\"first\" cx=\"299\""), one);
        String none = svg(new Chart("none", false, List.of(new Chart.Curve("a", new double[0])), 0));
        assertTrue(none.contains(">none</text>"), none);
    }

    @Test
    void aPictureShowsTheSameCurve() {
        Canvas canvas = new Canvas(2 * Chart.WIDTH, 2 * Chart.HEIGHT, ChartColour.GROUND.onDark());
        CHART.draw(new CanvasSurface(canvas, 0, 0, 2));
        BufferedImage picture = canvas.toImage();
        // A quarter of the way along, halfway between its first two values: (56 + 299) / 2 and (58.23 + 160.11) / 2.
        assertEquals(ChartColour.FIRST.onDark(), picture.getRGB(355, 218) & 0xffffff);
        assertEquals(ChartColour.GROUND.onDark(), picture.getRGB(355, 200) & 0xffffff);
    }
}
