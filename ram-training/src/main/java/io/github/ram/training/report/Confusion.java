package io.github.ram.training.report;

import io.github.ram.model.image.draw.Canvas;
import io.github.ram.model.image.draw.ColourRamp;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;

/** Counts the predicted classes of the images of each class. */
final class Confusion {

    private static final int CELL = 54;
    private static final int MARGIN = 96;
    private static final int TEXT = 12;

    private final List<String> labels;
    private final int[][] counts;

    /** @param labels of the classes */
    Confusion(List<String> labels, List<LabelledPrediction> predictions) {
        this.labels = labels;
        this.counts = new int[labels.size()][labels.size()];
        predictions.forEach(prediction -> counts[prediction.label()][prediction.named()]++);
    }

    /** The number of images of a class that were predicted as another. */
    int count(int label, int named) {
        return counts[label][named];
    }

    /** The strength of a cell's colour, from 0 to 1. Even a single error is visible. */
    double shade(int label, int named) {
        int most = 1;
        for (int i = 0; i < counts.length; i++) {
            for (int j = 0; j < counts.length; j++) {
                most = i == j ? most : Math.max(most, counts[i][j]);
            }
        }
        return label == named ? 0 : Math.sqrt((double) counts[label][named] / most);
    }

    /** Returns an HTML table. */
    String toHtml() {
        StringBuilder html = new StringBuilder("<table class=\"confusion\"><thead><tr><th></th>");
        labels.forEach(label -> html.append("<th>").append(Html.escaped(label)).append("</th>"));
        html.append("</tr></thead><tbody>\n");
        for (int label = 0; label < counts.length; label++) {
            html.append("<tr><th>").append(Html.escaped(labels.get(label))).append("</th>");
            for (int named = 0; named < counts.length; named++) {
                String kind = label == named ? "right" : counts[label][named] == 0 ? "none" : "wrong";
                html.append(String.format(
                        Locale.ROOT,
                        "<td class=\"%s\" style=\"--share:%.0f%%\">%d</td>",
                        kind,
                        12 + 78 * shade(label, named),
                        counts[label][named]));
            }
            html.append("</tr>\n");
        }
        return html.append("</tbody></table>").toString();
    }

    /** Draws a picture. */
    BufferedImage draw() {
        int side = MARGIN + CELL * counts.length + 16;
        Canvas canvas = new Canvas(side, side, ChartColour.GROUND.onDark());
        canvas.text("named", MARGIN, 16, TEXT, ChartColour.FAINT.onDark());
        canvas.text("is", 16, MARGIN - 20.0, TEXT, ChartColour.FAINT.onDark());
        for (int label = 0; label < counts.length; label++) {
            String name = labels.get(label).length() > 7 ? labels.get(label).substring(0, 7) : labels.get(label);
            double width = Canvas.textWidth(name, TEXT);
            double middle = MARGIN + (label + 0.5) * CELL;
            canvas.text(name, MARGIN - 14 - width, middle - TEXT / 2.0, TEXT, ChartColour.STRONG.onDark());
            double small = Math.min(TEXT, TEXT * (CELL - 8) / width);
            canvas.text(
                    name,
                    middle - Canvas.textWidth(name, small) / 2,
                    MARGIN - 26.0,
                    small,
                    ChartColour.STRONG.onDark());
            for (int named = 0; named < counts.length; named++) {
                draw(canvas, label, named);
            }
        }
        return canvas.toImage();
    }

    private void draw(Canvas canvas, int label, int named) {
        int left = MARGIN + named * CELL;
        int top = MARGIN + label * CELL;
        boolean isRight = label == named;
        int ground = ColourRamp.mix(0x2A2F3B, isRight ? 0x3F6F5E : 0xC2553A, isRight ? 1 : shade(label, named));
        canvas.fill(left + 1, top + 1, left + CELL - 1, top + CELL - 1, ground);
        if (counts[label][named] > 0) {
            String count = Integer.toString(counts[label][named]);
            double x = left + (CELL - Canvas.textWidth(count, TEXT)) / 2;
            canvas.text(count, x, top + (CELL - TEXT) / 2.0, TEXT, ChartColour.STRONG.onDark());
        }
    }
}
