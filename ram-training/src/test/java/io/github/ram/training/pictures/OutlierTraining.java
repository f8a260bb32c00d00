package io.github.ram.training.pictures;

import io.github.ram.training.data.Split;
import io.github.ram.training.pictures.OutlierExamples.Example;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Trains the network of {@code OutlierDetector} to name what an image shows: a digit, or which letter, sign or other
 * thing. It sees MNIST's training images, the digits of the data set {@code strokes}, pictures of both, print in many
 * fonts, and drawings. The threshold follows from validation images. docs/results.md has the command.
 */
final class OutlierTraining {

    private static final int EPOCHS = 8;

    /** The share of pictures of validation digits that may be outliers. */
    private static final double FALSE_ALARMS = 0.015;

    private OutlierTraining() {}

    /** Takes the file to write, the folder of the fonts to train on, and the folder of other fonts for the threshold. */
    public static void main(String[] arguments) throws IOException {
        List<Typeface> fonts = Typeface.in(Path.of(arguments[1]));
        OutlierExamples seen = new OutlierExamples(Digits.mnist(Split.TRAIN), Digits.drawn(Split.TRAIN), fonts);
        List<Example> examples = new ArrayList<>();
        examples.addAll(OutlierExamples.images(Digits.mnist(Split.TRAIN)));
        examples.addAll(OutlierExamples.images(Digits.drawn(Split.TRAIN)));
        examples.addAll(seen.digits(36_000, 1));
        examples.addAll(seen.letters(48_000, 2));
        examples.addAll(seen.others(OtherKind.TWO_DIGITS, 24_000, 3));
        examples.addAll(seen.others(OtherKind.SCRIBBLE, 18_000, 4));
        examples.addAll(seen.others(OtherKind.EMPTY_CELL, 6_000, 5));
        examples.addAll(seen.signs(9_000, 6));
        System.out.println(examples.size() + " images, " + fonts.size() + " fonts");
        OutlierNetwork network = new OutlierNetwork();
        network.learn(examples, EPOCHS);

        OutlierExamples held = new OutlierExamples(
                Digits.mnist(Split.VALIDATION), Digits.drawn(Split.VALIDATION), Typeface.in(Path.of(arguments[2])));
        double[] scores = network.scores(held.digits(4_800, 11));
        Arrays.sort(scores);
        double threshold = scores[(int) (scores.length * (1 - FALSE_ALARMS))];
        network.lower(threshold);
        System.out.printf(Locale.ROOT, "threshold %.2f, shares of outliers:%n", threshold);
        print("MNIST's validation images", network, OutlierExamples.images(Digits.mnist(Split.VALIDATION)));
        print("letters", network, held.letters(4_800, 12));
        print("two digits", network, held.others(OtherKind.TWO_DIGITS, 2_400, 13));
        print("scribbles", network, held.others(OtherKind.SCRIBBLE, 2_400, 14));
        network.write(Path.of(arguments[0]));
    }

    private static void print(String name, OutlierNetwork network, List<Example> examples) {
        double share = Arrays.stream(network.scores(examples))
                        .filter(score -> score > 0)
                        .count()
                / (double) examples.size();
        System.out.printf(Locale.ROOT, "%s %.3f%n", name, share);
    }
}
