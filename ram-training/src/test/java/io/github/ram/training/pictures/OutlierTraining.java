package io.github.ram.training.pictures;

import io.github.ram.model.ImageShape;
import io.github.ram.training.augmentation.Augmentation;
import io.github.ram.training.augmentation.Variation;
import io.github.ram.training.data.Dataset;
import io.github.ram.training.data.Split;
import io.github.ram.training.data.drawn.Letters;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Trains the network of {@code OutlierDetector} to name what an image shows: a digit, or which letter, sign or other
 * thing. It sees MNIST's training images, the digits of the data set {@code strokes}, and drawings. The threshold follows
 * from the validation images. docs/results.md has the command.
 */
final class OutlierTraining {

    private static final int DIGITS = 10;
    private static final String GLYPHS = Letters.letters() + Letters.signs();
    private static final int CLASSES = DIGITS + GLYPHS.length() + OtherKind.values().length;
    private static final int[] SIZES = {14 * 14, 192, 64, CLASSES};

    private static final int EPOCHS = 6;
    private static final int BATCH = 256;
    private static final double RATE = 1e-3;
    private static final double DECAY = 0.01;

    /** Half of the images are turned, slanted, stretched and moved by at most so much. */
    private static final Augmentation CHANGES = new Augmentation(1, 10, 0.1, 0.1, 0.3, null);

    /** Drawings of other things. */
    private static final int OTHERS = 100_000;

    /** The share of validation images that may be outliers: little, for users' pictures vary more. */
    private static final double FALSE_ALARMS = 0.005;

    /** The letters but those in the shape of a digit, which no detector can know. */
    private static final String LETTERS = Letters.letters().replaceAll("[OoIlZzSsgqb]", "");

    private OutlierTraining() {}

    /**
     * An image of a class.
     *
     * @param pixels unsigned bytes [28, 28]
     */
    private record Example(byte[] pixels, int label) {}

    /** Takes the file to write. */
    public static void main(String[] arguments) throws IOException {
        Dataset digits = Digits.mnist(Split.TRAIN);
        List<Example> examples = new ArrayList<>(all(digits));
        examples.addAll(all(digits));
        examples.addAll(all(Digits.drawn(Split.TRAIN)));
        Random random = new Random(1);
        while (examples.size() < 2 * digits.size() + 9_000 + OTHERS) {
            examples.add(other(digits, random));
        }
        System.out.println(examples.size() + " images");
        Layer[] layers = trained(examples);

        Dataset held = Digits.mnist(Split.VALIDATION);
        float threshold = threshold(layers, all(held));
        System.out.printf(Locale.ROOT, "threshold %.2f%n", threshold);
        Layer last = layers[layers.length - 1];
        for (int k = 0; k < DIGITS; k++) { // so that an outlier has a positive score
            last.weights[last.inputs * CLASSES + k] += threshold;
        }
        write(layers, Path.of(arguments[0]));
    }

    private static List<Example> all(Dataset digits) {
        return IntStream.range(0, digits.size())
                .mapToObj(i -> new Example(Digits.pixels(digits, i), digits.label(i)))
                .toList();
    }

    /** A letter, a sign or another thing. */
    private static Example other(Dataset digits, Random random) {
        int share = random.nextInt(20);
        if (share < 11) {
            String glyphs = share < 2 ? Letters.signs() : LETTERS;
            char glyph = glyphs.charAt(random.nextInt(glyphs.length()));
            return new Example(Letters.image(Letters.lines(glyph, random), random), DIGITS + GLYPHS.indexOf(glyph));
        }
        OtherKind kind = share < 15 ? OtherKind.SCRIBBLE : share < 19 ? OtherKind.TWO_DIGITS : OtherKind.EMPTY_CELL;
        byte[] pixels = switch (kind) {
            case SCRIBBLE -> Letters.image(OtherKind.scribble(random), random);
            case TWO_DIGITS ->
                twoDigits(
                        Digits.pixels(digits, random.nextInt(digits.size())),
                        Digits.pixels(digits, random.nextInt(digits.size())),
                        random);
            default -> specks(random);
        };
        return new Example(pixels, DIGITS + GLYPHS.length() + kind.ordinal());
    }

    /** Two digits side by side, which may touch: 20 pixels wide together, or high. */
    private static byte[] twoDigits(byte[] first, byte[] second, Random random) {
        double size = 0.55 + 0.3 * random.nextDouble();
        double other = size * (0.85 + 0.3 * random.nextDouble());
        Sheet page = new Sheet(56, 28).digit(first, 0, 14 - 14 * size, size);
        int[] at = new Sheet(56, 28).digit(second, 0, 0, other).bounds();
        double left = page.bounds()[2] + 3 * random.nextDouble() - 2 - at[0];
        page.digit(second, left, 14 - 14 * other + 2 * random.nextGaussian(), other);
        int[] both = page.bounds();
        int middle = (both[0] + both[2]) / 2;
        return page.cut(Math.max(0, middle - 14), 0, Math.max(0, middle - 14) + 28, 28)
                .pixels();
    }

    /** One blot, or some specks. */
    private static byte[] specks(Random random) {
        Sheet page = new Sheet(28, 28);
        int specks = 1 + random.nextInt(6);
        for (int i = 0; i < specks; i++) {
            double radius = specks == 1 ? 4 + 6 * random.nextDouble() : 1 + 3 * random.nextDouble();
            double x = specks == 1 ? 14 : 4 + 20 * random.nextDouble();
            double y = specks == 1 ? 14 : 4 + 20 * random.nextDouble();
            double reach = specks == 1 ? 10 - radius : 1;
            double angle = Math.PI * random.nextDouble();
            double right = reach * Math.cos(angle);
            double down = reach * Math.sin(angle);
            page.line(new double[][] {{x - right, y - down}, {x + right, y + down}}, radius);
        }
        return page.pixels();
    }

    /** Weights [inputs, outputs] and biases [outputs] of one layer, their gradients and the moments of Adam. */
    private static final class Layer {

        final int inputs;
        final int outputs;
        final float[] weights; // row by row, the biases are the last row
        final float[] gradients;
        final float[] means;
        final float[] squares;

        Layer(int inputs, int outputs, Random random) {
            this.inputs = inputs;
            this.outputs = outputs;
            int size = (inputs + 1) * outputs;
            weights = new float[size];
            gradients = new float[size];
            means = new float[size];
            squares = new float[size];
            for (int i = 0; i < inputs * outputs; i++) {
                weights[i] = (float) (Math.sqrt(2.0 / inputs) * random.nextGaussian());
            }
        }

        float[] forward(float[] values) {
            float[] sums = Arrays.copyOfRange(weights, inputs * outputs, weights.length);
            for (int i = 0; i < inputs; i++) {
                if (values[i] > 0) {
                    add(values[i], weights, i * outputs, sums, 0, outputs);
                }
            }
            return sums;
        }

        /** Adds to the gradients; returns the gradients of the inputs, where these are positive. */
        float[] backward(float[] values, float[] errors) {
            float[] before = new float[inputs];
            for (int i = 0; i < inputs; i++) {
                if (values[i] > 0) {
                    add(values[i], errors, 0, gradients, i * outputs, outputs);
                    for (int j = 0; j < outputs; j++) {
                        before[i] += weights[i * outputs + j] * errors[j];
                    }
                }
            }
            add(1, errors, 0, gradients, inputs * outputs, outputs);
            return before;
        }

        private static void add(float factor, float[] from, int start, float[] to, int at, int count) {
            for (int j = 0; j < count; j++) {
                to[at + j] += factor * from[start + j];
            }
        }

        /** A step of Adam with decoupled weight decay (Loshchilov and Hutter, 2019); clears the gradients. */
        void step(int t, double rate) {
            float bias = (float) (rate * Math.sqrt(1 - Math.pow(0.999, t)) / (1 - Math.pow(0.9, t)));
            float kept = (float) (1 - rate * DECAY);
            for (int i = 0; i < weights.length; i++) {
                float g = gradients[i] / BATCH;
                means[i] = 0.9f * means[i] + 0.1f * g;
                squares[i] = 0.999f * squares[i] + 0.001f * g * g;
                weights[i] = kept * weights[i] - bias * means[i] / ((float) Math.sqrt(squares[i]) + 1e-8f);
                gradients[i] = 0;
            }
        }
    }

    private static Layer[] trained(List<Example> examples) {
        Random random = new Random(1);
        Layer[] layers = new Layer[SIZES.length - 1];
        for (int k = 0; k < layers.length; k++) {
            layers[k] = new Layer(SIZES[k], SIZES[k + 1], random);
        }
        Variation variation = new Variation(CHANGES, new ImageShape(28, 28, 1));
        SplittableRandom places = new SplittableRandom(1);
        byte[] moved = new byte[28 * 28];
        List<Example> shuffled = new ArrayList<>(examples);
        int batches = examples.size() / BATCH;
        for (int step = 0; step < EPOCHS * batches; step++) {
            if (step % batches == 0) {
                System.out.println("epoch " + step / batches);
                Collections.shuffle(shuffled, random);
            }
            for (int i = 0; i < BATCH; i++) {
                Example example = shuffled.get(step % batches * BATCH + i);
                variation.apply(example.pixels(), moved, places);
                byte[] pixels = random.nextBoolean() ? moved : example.pixels();
                learn(layers, input(varied(pixels, random)), example.label());
            }
            for (Layer layer : layers) {
                layer.step(step + 1, RATE * 0.5 * (1 + Math.cos(Math.PI * step / (EPOCHS * batches))));
            }
        }
        return layers;
    }

    private static void learn(Layer[] layers, float[] input, int label) {
        float[][] values = new float[layers.length][];
        float[] logits = input;
        for (int k = 0; k < layers.length; k++) {
            values[k] = logits;
            logits = layers[k].forward(logits);
        }
        double total = logSum(logits, 0, CLASSES);
        for (int j = 0; j < CLASSES; j++) {
            logits[j] = (float) Math.exp(logits[j] - total) - (j == label ? 1 : 0);
        }
        for (int k = layers.length - 1; k >= 0; k--) {
            logits = layers[k].backward(values[k], logits);
        }
    }

    /** The means of 2×2 pixels, from 0 to 1: [14 · 14]. */
    private static float[] input(byte[] pixels) {
        float[] input = new float[SIZES[0]];
        for (int i = 0; i < pixels.length; i++) {
            input[i / 56 * 14 + i % 28 / 2] += (pixels[i] & 0xFF) / 1020f;
        }
        return input;
    }

    /** Thicker strokes, thinner ones or blurred ones, in half of the images. */
    private static byte[] varied(byte[] pixels, Random random) {
        int kind = random.nextInt(6);
        double share = random.nextDouble();
        byte[] varied = pixels.clone();
        for (int i = 0; i < pixels.length && kind < 3; i++) {
            int least = 255;
            int most = 0;
            int sum = 0;
            for (int k = 0; k < 9; k++) {
                int x = Math.max(0, Math.min(27, i % 28 + k % 3 - 1));
                int y = Math.max(0, Math.min(27, i / 28 + k / 3 - 1));
                int value = pixels[28 * y + x] & 0xFF;
                least = Math.min(least, value);
                most = Math.max(most, value);
                sum += value;
            }
            double target = kind == 0 ? most : kind == 1 ? 0.5 * (least + (pixels[i] & 0xFF)) : sum / 9.0;
            varied[i] = (byte) Math.round((pixels[i] & 0xFF) + share * (target - (pixels[i] & 0xFF)));
        }
        return varied;
    }

    /** The score that few of some images of digits exceed. */
    private static float threshold(Layer[] layers, List<Example> digits) {
        double[] scores = digits.stream()
                .mapToDouble(example -> {
                    float[] logits = input(example.pixels());
                    for (Layer layer : layers) {
                        logits = layer.forward(logits);
                    }
                    return logSum(logits, DIGITS, CLASSES) - logSum(logits, 0, DIGITS);
                })
                .sorted()
                .toArray();
        return (float) scores[(int) (scores.length * (1 - FALSE_ALARMS))];
    }

    private static double logSum(float[] logits, int from, int to) {
        double sum = 0;
        for (int k = from; k < to; k++) {
            sum += Math.exp(logits[k]);
        }
        return Math.log(sum);
    }

    /** Writes the number of layers and of inputs; for each layer its outputs, its weights and its biases. */
    private static void write(Layer[] layers, Path file) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            out.writeInt(layers.length);
            out.writeInt(SIZES[0]);
            for (Layer layer : layers) {
                out.writeInt(layer.outputs);
                for (float weight : layer.weights) {
                    out.writeFloat(weight);
                }
            }
        }
    }
}
