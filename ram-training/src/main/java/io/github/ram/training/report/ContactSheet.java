package io.github.ram.training.report;

import io.github.ram.model.ModelSpec;
import io.github.ram.model.image.draw.Canvas;
import io.github.ram.model.image.draw.GlimpseRenderer;
import io.github.ram.training.data.Dataset;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;

/** Draws images side by side, each with its glimpses and the predicted class. */
public final class ContactSheet {

    private static final int SIDE = 168;
    private static final int COLUMNS = 5;
    private static final int GAP = 14;
    private static final int CAPTION = 26;
    private static final int HEADING = 40;
    private static final int TEXT = 12;
    private static final int RIGHT = 0x7ED6A5;
    private static final int WRONG = 0xFF8B6B;

    private final ModelSpec model;
    private final Dataset data;
    private final GlimpseRenderer picture;

    /**
     * @param model that made the predictions, for images of one or three channels
     * @param data the images
     */
    public ContactSheet(ModelSpec model, Dataset data) {
        this.model = model;
        this.data = data;
        this.picture = new GlimpseRenderer(data.shape(), SIDE);
    }

    /**
     * Draws a sheet.
     *
     * @param heading above the images
     * @param predictions one or more predictions
     */
    public BufferedImage draw(String heading, List<LabelledPrediction> predictions) {
        List<BufferedImage> pictures = predictions.stream().map(this::picture).toList();
        int columns = Math.min(COLUMNS, predictions.size());
        int rows = (predictions.size() + columns - 1) / columns;
        int width = pictures.get(0).getWidth() + GAP;
        int height = pictures.get(0).getHeight() + CAPTION + GAP;
        Canvas canvas = new Canvas(GAP + columns * width, HEADING + rows * height, ChartColour.GROUND.onDark());
        canvas.text(heading, GAP, 14, 15, ChartColour.STRONG.onDark());
        for (int i = 0; i < predictions.size(); i++) {
            LabelledPrediction prediction = predictions.get(i);
            int left = GAP + i % columns * width;
            int top = HEADING + i / columns * height;
            canvas.picture(pictures.get(i), left, top);
            int below = top + pictures.get(i).getHeight() + 8;
            canvas.text(caption(prediction), left + 2.0, below, TEXT, prediction.isRight() ? RIGHT : WRONG);
        }
        return canvas.toImage();
    }

    private BufferedImage picture(LabelledPrediction prediction) {
        byte[] pixels = new byte[data.shape().size()];
        data.copyPixels(prediction.image(), pixels, 0);
        return picture.draw(pixels, prediction.boxes());
    }

    private String caption(LabelledPrediction prediction) {
        String named = model.labels().get(prediction.named());
        String percent = String.format(Locale.ROOT, " %.0f %%", 100 * prediction.confidence());
        return prediction.isRight()
                ? named + percent
                : String.format(
                        Locale.ROOT, "%s, not %s%s", named, model.labels().get(prediction.label()), percent);
    }
}
