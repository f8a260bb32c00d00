package io.github.ram.training.data.drawn;

import io.github.ram.model.ImageShape;
import io.github.ram.training.data.Contents;
import io.github.ram.training.data.Dataset;
import io.github.ram.training.data.DatasetReader;
import io.github.ram.training.data.Split;
import io.github.ram.training.data.SplitMix;
import io.github.ram.training.data.StoredDataset;
import java.nio.file.Path;
import java.util.Random;

/**
 * The project's own data set: the digits 0 to 9 drawn as strokes of a pen, in the manner of MNIST.
 *
 * <p>It needs no files and no Internet, and every Java platform draws the same bytes. Image {@code i} of a split, its
 * label included, is a pure function of the seed, the split and {@code i}: a smaller set is the beginning of a larger
 * one. Every ten images in a row hold each digit once, in random order.
 */
public final class Strokes {

    /** The seed of the data set as the user knows it. Changing it changes every reported figure. */
    static final long SEED = 28;

    /** Images of the train split: nine times those of the validation and of the test split. */
    private static final int TRAIN = 9_000;

    private static final int OTHERS = 1_000;
    private static final int CLASSES = 10;

    private Strokes() {}

    /** Draws the splits in their usual size. */
    public record Reader(Contents contents) implements DatasetReader {

        @Override
        public Contents contents(Path directory) {
            return contents;
        }

        @Override
        public Dataset load(Split split, Path directory, Contents wanted) {
            return draw(split);
        }
    }

    /** A split in its usual size: 9,000 images to train, 1,000 to validate, 1,000 to test. */
    static StoredDataset draw(Split split) {
        return draw(SEED, split, split == Split.TRAIN ? TRAIN : OTHERS);
    }

    /** The first {@code size} images, 28×28×1, of a split of the data set of a seed. */
    static StoredDataset draw(long seed, Split split, int size) {
        long stream = SplitMix.mix(seed + SplitMix.INCREMENT * (split.ordinal() + 1));
        ImageShape shape = new ImageShape(Handwriting.SIDE, Handwriting.SIDE, 1);
        byte[] pixels = new byte[Math.multiplyExact(size, shape.size())];
        byte[] labels = new byte[size];
        Handwriting hand = new Handwriting();
        for (int i = 0; i < size; i++) {
            int digit = digit(stream, i);
            hand.write(digit, new Random(SplitMix.mix(stream + i)), pixels, i * shape.size());
            labels[i] = (byte) digit;
        }
        return StoredDataset.owning("strokes " + split, shape, CLASSES, pixels, labels);
    }

    /** Place {@code i % 10} of the shuffled digits of block {@code i / 10}. */
    private static int digit(long stream, int i) {
        Random random = new Random(SplitMix.mix(~(stream + i / CLASSES)));
        int[] digits = new int[CLASSES];
        for (int next = 0; next < CLASSES; next++) { // the shuffle that builds as it goes
            int place = random.nextInt(next + 1);
            digits[next] = digits[place];
            digits[place] = next;
        }
        return digits[i % CLASSES];
    }
}
