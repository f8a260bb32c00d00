package io.github.ram.training.data.drawn;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.Classifier;
import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.model.image.decode.ImageException;
import io.github.ram.model.image.decode.ImageLimits;
import io.github.ram.model.image.digit.PreprocessingMode;
import io.github.ram.model.image.digit.Preprocessor;
import io.github.ram.training.data.Pictures;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures of handwritten digits as people make them, read by the bundled model. */
class DrawnPicturesTest {

    /** Every way of writing every digit. */
    private static final int PICTURES = 40;

    @ParameterizedTest
    @CsvSource({
        // a pen's width in percent of the digit's height, ink and paper, σ of the camera's noise
        "4,  000000, ffffff, 0",
        "8,  000000, ffffff, 0",
        "16, 000000, ffffff, 0",
        "8,  f8f4e8, 203028, 0",
        "6,  c02020, fff8c0, 0",
        "6,  202830, d8d4cc, 6",
        "8,  f0f0f0, 284838, 6"
    })
    void digitsAreReadWhateverTheirPenColoursAndLight(double pen, String ink, String paper, double noise)
            throws ImageException {
        List<String> wrong = new ArrayList<>();
        Checkpoint checkpoint = Checkpoint.bundled();
        Preprocessor preprocessor = new Preprocessor(checkpoint.model().image(), ImageLimits.DEFAULT);
        try (Classifier classifier = checkpoint.classifier()) {
            for (int digit = 0; digit < 10; digit++) {
                for (Glyph glyph : Digits.variants(digit)) {
                    BufferedImage picture = draw(glyph, pen, Integer.parseInt(ink, 16), Integer.parseInt(paper, 16));
                    photograph(picture, noise, wrong.size() + digit);
                    byte[] file = Pictures.png(picture);
                    int read = classifier
                            .predict(checkpoint
                                    .model()
                                    .query(
                                            preprocessor
                                                    .prepare(file, PreprocessingMode.AUTO)
                                                    .pixels(),
                                            1))
                            .classIndex();
                    if (read != digit) {
                        wrong.add(digit + " as " + read);
                    }
                }
            }
        }
        assertTrue(wrong.size() <= PICTURES / 8, wrong.toString());
    }

    private static BufferedImage draw(Glyph glyph, double pen, int ink, int paper) {
        BufferedImage picture = new BufferedImage(420, 560, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(new Color(paper));
        graphics.fillRect(0, 0, 420, 560);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(new Color(ink));
        graphics.translate(120, 150);
        graphics.scale(3, 3);
        graphics.setStroke(new BasicStroke((float) pen, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        for (double[][] line : glyph.polylines()) {
            Path2D path = new Path2D.Double();
            path.moveTo(line[0][0], line[0][1]);
            for (double[] point : line) {
                path.lineTo(point[0], point[1]);
            }
            graphics.draw(path);
        }
        graphics.dispose();
        return picture;
    }

    /** Light that falls off to one corner, and noise; nothing without noise. */
    private static void photograph(BufferedImage picture, double noise, int seed) {
        Random random = new Random(seed);
        for (int y = 0; noise > 0 && y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                double light = 1 - 0.3 * x / picture.getWidth() - 0.2 * y / picture.getHeight();
                int rgb = picture.getRGB(x, y);
                int shot = 0;
                for (int shift = 0; shift <= 16; shift += 8) {
                    double value = (rgb >> shift & 0xFF) * light + noise * random.nextGaussian();
                    shot |= (int) Math.max(0, Math.min(255, Math.round(value))) << shift;
                }
                picture.setRGB(x, y, shot);
            }
        }
    }
}
