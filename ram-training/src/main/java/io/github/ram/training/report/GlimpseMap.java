package io.github.ram.training.report;

import io.github.ram.model.Box;
import io.github.ram.model.ImageShape;
import io.github.ram.model.image.draw.Canvas;
import io.github.ram.model.image.draw.ColourRamp;
import java.awt.image.BufferedImage;
import java.util.List;

/** Counts, over many images, how often each pixel is inside the finest patch of each glimpse. */
final class GlimpseMap {

    private static final int SIDE = 168;
    private static final int GAP = 14;
    private static final int HEADING = 40;
    private static final int TEXT = 12;

    private final ImageShape shape;
    private final double[][] shares; // [T, H·W]

    GlimpseMap(ImageShape shape, List<LabelledPrediction> predictions) {
        this.shape = shape;
        int glimpses = predictions.stream()
                .mapToInt(prediction -> prediction.boxes().size())
                .max()
                .orElse(0);
        this.shares = new double[glimpses][shape.height() * shape.width()];
        for (LabelledPrediction prediction : predictions) {
            List<Box> boxes = prediction.boxes();
            for (int t = 0; t < boxes.size(); t++) {
                add(shares[t], boxes.get(t), 1.0 / predictions.size());
            }
        }
    }

    private void add(double[] share, Box box, double amount) {
        for (int row = Math.max(0, box.top()); row < Math.min(shape.height(), box.top() + box.height()); row++) {
            for (int column = Math.max(0, box.left());
                    column < Math.min(shape.width(), box.left() + box.width());
                    column++) {
                share[row * shape.width() + column] += amount;
            }
        }
    }

    /** The share of images in which a pixel was inside glimpse t, where t begins at 0. */
    double share(int t, int row, int column) {
        return shares[t][row * shape.width() + column];
    }

    /** Draws a panel for each glimpse, coloured by the square root of the share, so that rare places are visible. */
    BufferedImage draw() {
        int scale = Math.max(1, SIDE / Math.max(shape.height(), shape.width()));
        int width = shape.width() * scale + GAP;
        int columns = Math.min(6, shares.length);
        int rows = (shares.length + columns - 1) / columns;
        int height = HEADING + shape.height() * scale;
        Canvas canvas = new Canvas(GAP + columns * width, rows * height + GAP, ChartColour.GROUND.onDark());
        for (int t = 0; t < shares.length; t++) {
            int left = GAP + t % columns * width;
            int top = t / columns * height + HEADING;
            canvas.text("glimpse " + (t + 1), left, top - 22.0, TEXT, ChartColour.FAINT.onDark());
            for (int row = 0; row < shape.height(); row++) {
                for (int column = 0; column < shape.width(); column++) {
                    int x = left + column * scale;
                    int y = top + row * scale;
                    canvas.fill(x, y, x + scale, y + scale, ColourRamp.HEAT.at(Math.sqrt(share(t, row, column))));
                }
            }
        }
        return canvas.toImage();
    }
}
