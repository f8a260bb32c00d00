package io.github.ram.training.data.drawn;

import io.github.ram.model.ImageShape;
import io.github.ram.model.image.decode.ImageException;
import io.github.ram.model.image.decode.ImageLimits;
import io.github.ram.model.image.digit.PreprocessingMode;
import io.github.ram.model.image.digit.Preprocessor;
import io.github.ram.model.image.draw.GlimpseRenderer;
import io.github.ram.training.data.Contents;
import io.github.ram.training.data.Dataset;
import io.github.ram.training.data.DatasetReader;
import io.github.ram.training.data.Split;
import io.github.ram.training.data.SplitMix;
import io.github.ram.training.data.StoredDataset;
import io.github.ram.training.data.file.IdxReader;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The digits of another data set. After the images to train on come coarse copies of some of them, and digits that this
 * program draws. These have variants that are rare in MNIST; most drawn digits are coarse too.
 *
 * <p>A coarse image has as few pixels as UCI's digits, 8×8 and some more, and is read as the service reads it. Each image
 * is a pure function of the seed and of its place.
 */
public final class AddedDigits {

    /** The seed of the data set as the user knows it. Changing it changes every reported figure. */
    static final long SEED = 8;

    private static final int COARSE = 5_000;
    private static final int DRAWN = 9_000;
    private static final int CLASSES = 10;
    private static final int SIDE = Handwriting.SIDE;

    /** The least value of a pixel of the ink's box. */
    private static final int INK = 60;

    /** Black pixels on each side of a coarse picture, so that its background cannot be mistaken. */
    private static final int MARGIN = 2;

    private static final Preprocessor PREPROCESSOR =
            new Preprocessor(new ImageShape(SIDE, SIDE, 1), ImageLimits.DEFAULT).withoutWarnings();

    private AddedDigits() {}

    /**
     * Adds to the digits of another data set.
     *
     * @param digits reads them
     */
    public record Reader(IdxReader digits) implements DatasetReader {

        @Override
        public Contents contents(Path directory) {
            return digits.contents();
        }

        @Override
        public Dataset load(Split split, Path directory, Contents wanted) {
            StoredDataset stored = digits.load(split, directory, wanted);
            return split == Split.TRAIN ? with(stored, COARSE, DRAWN) : stored;
        }
    }

    /** The images, the given number of coarse copies, and the given number of drawn digits. */
    static StoredDataset with(StoredDataset images, int coarse, int drawn) {
        int size = images.size() + coarse + drawn;
        byte[] pixels = new byte[size * SIDE * SIDE];
        byte[] labels = new byte[size];
        IntStream.range(0, size).parallel().forEach(i -> {
            Random random = new Random(SplitMix.mix(SEED + i));
            int from = i < images.size() ? i : random.nextInt(images.size());
            byte[] image = new byte[SIDE * SIDE];
            if (i < images.size() + coarse) {
                images.copyPixels(from, image, 0);
                labels[i] = (byte) images.label(from);
            } else {
                labels[i] = (byte) (i % CLASSES);
                draw(i % CLASSES, random, image);
            }
            boolean isCoarse = i >= images.size() && (i < images.size() + coarse || random.nextInt(5) < 3);
            System.arraycopy(isCoarse ? coarse(image, random) : image, 0, pixels, i * image.length, image.length);
        });
        return StoredDataset.owning(images.name() + " with more digits", images.shape(), CLASSES, pixels, labels);
    }

    private static void draw(int digit, Random random, byte[] image) {
        List<Glyph> rare = Digits.rareVariants(digit);
        boolean isRare = !rare.isEmpty() && random.nextInt(3) > 0;
        new Handwriting().writeOneOf(isRare ? rare : Digits.variants(digit), random, image, 0);
    }

    /** The ink of an image on a few pixels, and this picture as the model's input. */
    private static byte[] coarse(byte[] image, Random random) {
        int side = random.nextInt(3) > 0 ? 8 : 7 + random.nextInt(6);
        try {
            return PREPROCESSOR
                    .prepare(GlimpseRenderer.png(shrunk(image, side, random)), PreprocessingMode.AUTO)
                    .pixels();
        } catch (ImageException e) {
            return image; // too faint to be found
        }
    }

    /**
     * The mean of the image under each pixel of a square around the ink, in some pictures lighter or slimmer, within black.
     *
     * @param side of the square
     */
    private static BufferedImage shrunk(byte[] image, int side, Random random) {
        double left = SIDE;
        double top = SIDE;
        double right = 0;
        double bottom = 0;
        for (int i = 0; i < image.length; i++) {
            if ((image[i] & 0xFF) > INK) {
                left = Math.min(left, i % SIDE);
                right = Math.max(right, i % SIDE + 1);
                top = Math.min(top, i / SIDE);
                bottom = Math.max(bottom, i / SIDE + 1);
            }
        }
        double down = Math.max(bottom - top, right - left) / side; // pixels of the image to one of the result
        double across = random.nextInt(4) == 0 ? Math.max(0.75 * down, (right - left) / side) : down;
        double gain = 1 + 0.8 * random.nextDouble();
        BufferedImage result = new BufferedImage(side + 2 * MARGIN, side + 2 * MARGIN, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                double mean = mean(
                        image,
                        (left + right) / 2 + (x - side / 2.0) * across,
                        (top + bottom) / 2 + (y - side / 2.0) * down,
                        across,
                        down);
                result.getRaster().setSample(MARGIN + x, MARGIN + y, 0, (int) Math.min(255, gain * mean));
            }
        }
        return result;
    }

    /** The mean of a grid of samples in a rectangle; it is black outside of the image. */
    private static double mean(byte[] image, double left, double top, double width, double height) {
        int samples = 6;
        double sum = 0;
        for (int i = 0; i < samples * samples; i++) {
            int x = (int) Math.floor(left + (i % samples + 0.5) / samples * width);
            int y = (int) Math.floor(top + (i / samples + 0.5) / samples * height);
            boolean inside = x >= 0 && x < SIDE && y >= 0 && y < SIDE;
            sum += inside ? image[y * SIDE + x] & 0xFF : 0;
        }
        return sum / (samples * samples);
    }
}
