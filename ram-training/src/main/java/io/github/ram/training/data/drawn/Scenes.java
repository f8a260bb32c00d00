package io.github.ram.training.data.drawn;

import io.github.ram.model.ImageShape;
import io.github.ram.training.data.Contents;
import io.github.ram.training.data.Dataset;
import io.github.ram.training.data.DatasetReader;
import io.github.ram.training.data.Split;
import io.github.ram.training.data.SplitMix;
import io.github.ram.training.data.StoredDataset;
import io.github.ram.training.data.file.IdxReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * Digits on a larger ground, among pieces of other digits, in the manner of DeepMind's cluttered MNIST: the pieces, 8×8
 * pixels cut from anywhere in other digits, are laid anywhere on the ground. Then the digit is added, and what exceeds
 * white is cut off. Everything has the same chance at every place where it fits.
 *
 * <p>Nothing is kept: scene {@code i} shows digit {@code i}, and all else in it is a pure function of the seed and
 * {@code i}, drawn when it is asked for. Every Java platform draws the same bytes.
 */
public final class Scenes implements Dataset {

    /** The seed of the data sets as the user knows them. Changing it changes every reported figure. */
    static final long SEED = 60;

    private static final int PIECE = 8;

    private final SceneLayout layout;
    private final StoredDataset digits;
    private final String name;
    private final long seed;

    /**
     * @param digits square images, one channel, no larger than a scene and no smaller than a piece
     * @param seed of everything but the digits themselves
     */
    private Scenes(SceneLayout layout, StoredDataset digits, String name, long seed) {
        this.layout = layout;
        this.digits = digits;
        this.name = name;
        this.seed = seed;
    }

    /**
     * Lays out the digits of another data set.
     *
     * @param digits reads them
     */
    public record Reader(SceneLayout layout, IdxReader digits) implements DatasetReader {

        @Override
        public Contents contents(Path directory) {
            return new Contents(layout.shape(), digits.contents().labels());
        }

        @Override
        public Dataset load(Split split, Path directory, Contents wanted) {
            return Scenes.of(layout, digits.load(split, directory, digits.contents()), split);
        }
    }

    /** The scenes of a split's digits, as the user knows them. */
    static Scenes of(SceneLayout layout, StoredDataset digits, Split split) {
        return new Scenes(layout, digits, layout + " " + split, SplitMix.mix(SEED + split.ordinal()));
    }

    @Override
    public Dataset redrawn(long anew) {
        return new Scenes(layout, digits, name, anew);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ImageShape shape() {
        return layout.shape();
    }

    @Override
    public int classes() {
        return digits.classes();
    }

    @Override
    public int size() {
        return digits.size();
    }

    @Override
    public int label(int i) {
        return digits.label(i);
    }

    @Override
    public void copyPixels(int i, byte[] target, int offset) {
        int digit = digits.begin(i); // refuses an index that is out of bounds before anything is drawn
        int side = digits.shape().width();
        Random random = new Random(SplitMix.mix(seed + i));
        Arrays.fill(target, offset, offset + layout.side() * layout.side(), (byte) 0);
        for (int piece = 0; piece < layout.pieces(); piece++) {
            int row = random.nextInt(side - PIECE + 1);
            int column = random.nextInt(side - PIECE + 1);
            int from = digits.begin(other(i, random)) + row * side + column;
            add(from, PIECE, target, offset + place(PIECE, random));
        }
        add(digit, side, target, offset + place(side, random));
    }

    /** A digit that is not digit {@code i}, unless there is only that one. */
    private int other(int i, Random random) {
        return digits.size() == 1 ? i : (i + 1 + random.nextInt(digits.size() - 1)) % digits.size();
    }

    /** The first pixel of a square of the given side, anywhere in the scene. */
    private int place(int side, Random random) {
        int row = random.nextInt(layout.side() - side + 1);
        return row * layout.side() + random.nextInt(layout.side() - side + 1);
    }

    /** Adds a square of a digit to the scene, and limits each sum to 255. */
    private void add(int from, int side, byte[] target, int to) {
        byte[] pixels = digits.pixels();
        for (int row = 0; row < side; row++) {
            int source = from + row * digits.shape().width();
            int place = to + row * layout.side();
            for (int column = 0; column < side; column++) {
                int sum = (target[place + column] & 0xff) + (pixels[source + column] & 0xff);
                target[place + column] = (byte) Math.min(255, sum);
            }
        }
    }

    /** For messages: name, number of scenes, shape, number of classes. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s (%d images of %s, %d classes)", name, size(), shape(), classes());
    }
}
