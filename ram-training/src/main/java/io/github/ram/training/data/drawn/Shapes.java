package io.github.ram.training.data.drawn;

import io.github.ram.model.ImageShape;
import io.github.ram.training.data.Contents;
import io.github.ram.training.data.Dataset;
import io.github.ram.training.data.DatasetReader;
import io.github.ram.training.data.Split;
import io.github.ram.training.data.SplitMix;
import io.github.ram.training.data.StoredDataset;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * A small colour data set that this program draws: one shape of any colour, size, place and angle on a ground of another
 * colour, with noise. It needs no files and no Internet, and every Java platform draws the same bytes.
 *
 * <p>Image {@code i} of a split is a pure function of the seed, the split and {@code i}. Its class is i mod 6.
 */
public final class Shapes implements DatasetReader {

    /** The seed of the data set as the user knows it. Changing it changes every reported figure. */
    private static final long SEED = 32;

    private static final Contents CONTENTS =
            new Contents(new ImageShape(32, 32, 3), List.of("disc", "square", "triangle", "cross", "ring", "bar"));

    private static final int TRAIN = 3_600;
    private static final int OTHERS = 600;

    /** The least distance between the colours of shape and ground, summed over the channels. */
    private static final int CONTRAST = 160;

    /** The largest random change of a pixel's value. */
    private static final int NOISE = 24;

    /** Points along each axis of a pixel that decide how much of the pixel the shape covers. */
    private static final int POINTS = 3;

    @Override
    public Contents contents(Path directory) {
        return CONTENTS;
    }

    @Override
    public Dataset load(Split split, Path directory, Contents wanted) {
        int size = split == Split.TRAIN ? TRAIN : OTHERS;
        int classes = CONTENTS.labels().size();
        int length = CONTENTS.shape().size();
        byte[] pixels = new byte[size * length];
        byte[] labels = new byte[size];
        long stream = SplitMix.mix(SEED + SplitMix.INCREMENT * (split.ordinal() + 1));
        for (int i = 0; i < size; i++) {
            labels[i] = (byte) (i % classes);
            draw(labels[i], new Random(SplitMix.mix(stream + i)), pixels, i * length);
        }
        return StoredDataset.owning("shapes " + split, CONTENTS.shape(), classes, pixels, labels);
    }

    private static void draw(int shape, Random random, byte[] pixels, int at) {
        int side = CONTENTS.shape().width();
        double radius = 5 + 7 * random.nextDouble();
        double x = radius + (side - 2 * radius) * random.nextDouble();
        double y = radius + (side - 2 * radius) * random.nextDouble();
        double angle = 2 * Math.PI * random.nextDouble();
        double cos = StrictMath.cos(angle) / radius;
        double sin = StrictMath.sin(angle) / radius;
        int[] ground = colour(random);
        int[] ink = colour(random);
        while (distance(ground, ink) < CONTRAST) {
            ink = colour(random);
        }
        int next = at;
        for (int row = 0; row < side; row++) {
            for (int column = 0; column < side; column++) {
                int covered = 0;
                for (int point = 0; point < POINTS * POINTS; point++) {
                    double right = column + (point % POINTS + 0.5) / POINTS - x;
                    double down = row + (point / POINTS + 0.5) / POINTS - y;
                    covered += contains(shape, right * cos + down * sin, down * cos - right * sin) ? 1 : 0;
                }
                for (int channel = 0; channel < 3; channel++) {
                    int value = (ink[channel] * covered + ground[channel] * (POINTS * POINTS - covered))
                            / (POINTS * POINTS);
                    int noisy = value + random.nextInt(2 * NOISE + 1) - NOISE;
                    pixels[next++] = (byte) Math.max(0, Math.min(255, noisy));
                }
            }
        }
    }

    /** Whether a shape of radius 1 around (0, 0) contains (u, v). */
    private static boolean contains(int shape, double u, double v) {
        double squared = u * u + v * v;
        double longer = Math.max(Math.abs(u), Math.abs(v));
        double shorter = Math.min(Math.abs(u), Math.abs(v));
        return switch (shape) {
            case 0 -> squared <= 0.9; // disc
            case 1 -> longer <= 0.75; // square
            case 2 -> v <= 0.5 && 0.8660254 * Math.abs(u) - 0.5 * v <= 0.5; // triangle
            case 3 -> longer <= 0.95 && shorter <= 0.25; // cross
            case 4 -> squared <= 1 && squared >= 0.4; // ring
            default -> Math.abs(u) <= 1 && Math.abs(v) <= 0.25; // bar
        };
    }

    private static int[] colour(Random random) {
        return new int[] {random.nextInt(256), random.nextInt(256), random.nextInt(256)};
    }

    private static int distance(int[] a, int[] b) {
        return Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]) + Math.abs(a[2] - b[2]);
    }
}
