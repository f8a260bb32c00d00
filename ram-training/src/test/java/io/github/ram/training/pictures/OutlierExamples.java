package io.github.ram.training.pictures;

import io.github.ram.model.ImageShape;
import io.github.ram.model.image.decode.ImageException;
import io.github.ram.model.image.decode.ImageLimits;
import io.github.ram.model.image.digit.ModelInput;
import io.github.ram.model.image.digit.PreprocessingMode;
import io.github.ram.model.image.digit.Preprocessor;
import io.github.ram.training.data.Dataset;
import io.github.ram.training.data.Pictures;
import io.github.ram.training.data.drawn.Letters;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Makes pictures of digits and of other things, and the model's input from each, as the service does. */
final class OutlierExamples {

    static final int DIGITS = 10;

    private static final String GLYPHS = Letters.letters() + Letters.signs();

    static final int CLASSES = DIGITS + GLYPHS.length() + OtherKind.values().length;

    private static final Preprocessor PREPROCESSOR =
            new Preprocessor(new ImageShape(28, 28, 1), ImageLimits.DEFAULT).withoutWarnings();

    private static final List<PictureKind> KINDS = List.of(PictureKind.values());

    private final Dataset digits;
    private final Dataset drawn;
    private final List<Typeface> fonts;

    /**
     * @param digits images of digits, [28, 28]
     * @param drawn more such images
     */
    OutlierExamples(Dataset digits, Dataset drawn, List<Typeface> fonts) {
        this.digits = digits;
        this.drawn = drawn;
        this.fonts = fonts;
    }

    /**
     * An image of a class.
     *
     * @param pixels unsigned bytes [28, 28]
     * @param label a digit, or the number of a letter, a sign or another thing from 10 on
     */
    record Example(byte[] pixels, int label) {}

    /** A picture and the class of what it shows. */
    private record Drawing(BufferedImage picture, int label) {}

    /** The images of a data set, as they are. */
    static List<Example> images(Dataset digits) {
        return IntStream.range(0, digits.size())
                .mapToObj(i -> new Example(Digits.pixels(digits, i), digits.label(i)))
                .toList();
    }

    /** Pictures of the digits, and of digits in print. */
    List<Example> digits(int count, long seed) {
        return made(count, seed, random -> {
            int source = random.nextInt(8);
            if (source == 0 && !fonts.isEmpty()) {
                int digit = random.nextInt(DIGITS);
                return new Drawing(font(random).draw(String.valueOf(digit), random), digit);
            }
            Dataset images = source < 3 ? drawn : digits;
            PictureKind kind = KINDS.get(random.nextInt(KINDS.size()));
            if (kind == PictureKind.SMALL_ON_A_LARGE_PICTURE && random.nextInt(5) > 0) { // it takes long
                kind = PictureKind.DARK_ON_LIGHT;
            }
            int i = random.nextInt(images.size());
            return new Drawing(kind.draw(Digits.pixels(images, i), random), images.label(i));
        });
    }

    /** Pictures of letters, by hand and in print. */
    List<Example> letters(int count, long seed) {
        return made(count, seed, random -> {
            String letters = Letters.letters();
            char letter = letters.charAt(random.nextInt(letters.length()));
            BufferedImage picture = random.nextInt(3) == 0 || fonts.isEmpty()
                    ? OtherKind.letter(letter, random)
                    : font(random).draw(String.valueOf(letter), random);
            return new Drawing(picture, DIGITS + GLYPHS.indexOf(letter));
        });
    }

    /** Pictures of signs. */
    List<Example> signs(int count, long seed) {
        return made(count, seed, random -> {
            char sign = Letters.signs().charAt(random.nextInt(Letters.signs().length()));
            return new Drawing(OtherKind.letter(sign, random), DIGITS + GLYPHS.indexOf(sign));
        });
    }

    /** Pictures of another kind; two digits may be in print. */
    List<Example> others(OtherKind kind, int count, long seed) {
        return made(count, seed, random -> {
            int source = random.nextInt(8);
            Dataset images = source < 3 ? drawn : digits;
            BufferedImage picture = kind == OtherKind.TWO_DIGITS && source == 0 && !fonts.isEmpty()
                    ? font(random).draw(String.valueOf(10 + random.nextInt(90)), random)
                    : kind.draw(anyOf(images, random), anyOf(images, random), random);
            return new Drawing(picture, DIGITS + GLYPHS.length() + kind.ordinal());
        });
    }

    private Typeface font(Random random) {
        return fonts.get(random.nextInt(fonts.size()));
    }

    private static byte[] anyOf(Dataset images, Random random) {
        return Digits.pixels(images, random.nextInt(images.size()));
    }

    /** Some examples, less those that the service refuses. */
    private static List<Example> made(int count, long seed, Function<Random, Drawing> artist) {
        return IntStream.range(0, count)
                .parallel()
                .mapToObj(i -> example(artist.apply(new Random(seed * 1_000_000 + i))))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Example> example(Drawing drawing) {
        try {
            ModelInput input = PREPROCESSOR.prepare(Pictures.png(drawing.picture()), PreprocessingMode.AUTO);
            return List.of(new Example(input.pixels(), drawing.label()));
        } catch (ImageException e) {
            return List.of();
        }
    }
}
