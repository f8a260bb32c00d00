package io.github.ram.training.data.drawn;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How letters and signs are written, in the notation of {@link Glyph}: what people send beside digits. */
public final class Letters {

    private static final Map<Character, List<Glyph>> LETTERS = Map.ofEntries(
            Map.entry(
                    'a',
                    glyphs(
                            "46,44 26,36 6,52 4,80 18,98 36,90 46,64! 46,38! 47,80 56,98",
                            "8,44 24,34 42,44 44,66! 42,98 | 43,62 20,62 4,80 16,98 34,94 43,78")),
            Map.entry('b', glyphs("8,0 7,50 6,98! 8,62 28,48 46,64 44,90 24,100 7,88")),
            Map.entry('c', glyphs("48,46 30,36 8,48 2,70 10,92 30,100 50,90")),
            Map.entry('d', glyphs("46,52 26,42 6,56 4,82 20,98 40,88 46,62! 48,0! 47,60 50,98")),
            Map.entry('e', glyphs("4,70 46,68! 42,46 24,38 6,52 3,78 18,98 46,90")),
            Map.entry(
                    'f',
                    glyphs("44,8 32,0 20,12 18,50 18,100 | 2,46 20,44 38,44", "40,4 26,2 20,20 20,98 | 4,40 38,38")),
            Map.entry('g', glyphs("44,16 24,2 6,14 4,34 20,46 40,34 45,8! 46,60 38,92 20,100 4,90")),
            Map.entry('h', glyphs("6,0 6,50 6,100! 8,64 24,48 40,56 42,100")),
            Map.entry('i', glyphs("30,36 30,100 | 30,8 31,12", "24,40 30,36! 30,88 38,98 | 31,6 31,10")),
            Map.entry('j', glyphs("34,30 34,80 26,98 8,94 | 34,2 34,6")),
            Map.entry('k', glyphs("6,0 6,100 | 44,40 8,70! 48,100", "6,0 6,60 6,100! 8,68 32,44 40,54 10,70! 46,100")),
            Map.entry('l', glyphs("30,0 30,100", "18,40 34,20 30,2 20,14 20,80 30,98 42,90")),
            Map.entry('m', glyphs("4,40 6,100! 8,60 20,40 32,52 34,100! 36,58 50,40 62,52 64,100")),
            Map.entry('n', glyphs("4,40 6,100! 8,60 26,40 42,52 44,100")),
            Map.entry('o', glyphs("28,36 6,48 4,80 24,100 46,86 46,52 26,36")),
            Map.entry('p', glyphs("6,2 6,50 5,100 | 6,12 26,0 46,14 44,42 24,54 7,42")),
            Map.entry('q', glyphs("44,14 24,0 6,14 4,40 20,52 42,38! 45,4! 46,50 46,100")),
            Map.entry('r', glyphs("6,38 7,70 7,100! 8,62 22,42 40,42", "6,40 8,100! 10,60 26,40 42,50")),
            Map.entry('s', glyphs("44,8 26,0 8,14 14,38 40,58 44,84 24,100 4,90")),
            Map.entry('t', glyphs("22,0 20,50 22,92 36,98 48,88 | 2,32 42,30", "24,0 23,50 22,100 | 0,34 46,32")),
            Map.entry('u', glyphs("4,36 5,80 18,100 38,92 44,70! 45,36! 46,80 52,100")),
            Map.entry('v', glyphs("2,36 24,100! 46,36")),
            Map.entry(
                    'w',
                    glyphs("0,38 16,98! 32,50! 48,98! 64,38", "2,38 6,88 20,98 32,80 34,50! 36,86 50,98 62,80 64,38")),
            Map.entry('x', glyphs("2,36 48,100 | 46,36 2,100", "2,2 60,98 | 58,4 4,100")),
            Map.entry('y', glyphs("2,4 8,34 26,44 42,30 46,2! 46,60 36,94 10,98", "2,0 26,52 | 50,0 10,100")),
            Map.entry('z', glyphs("4,38 46,36! 4,98! 50,98")),
            Map.entry('A', glyphs("2,100 30,0! 58,100 | 12,64 48,62", "2,100 8,40 30,2 50,40 54,100 | 6,60 52,58")),
            Map.entry('B', glyphs("6,2 6,50 6,98 | 6,2 38,4 46,24 34,44 8,46! 44,52 54,74 40,96 6,98")),
            Map.entry('C', glyphs("60,14 40,0 12,16 2,50 12,86 40,100 62,88")),
            Map.entry('D', glyphs("6,2 6,50 6,98 | 4,2 40,10 60,48 42,90 4,98")),
            Map.entry(
                    'E',
                    glyphs("50,2 6,2! 6,50 6,98! 52,98 | 6,48 40,48", "50,10 24,0 8,20 26,44! 6,60 4,88 28,100 54,90")),
            Map.entry('F', glyphs("52,2 6,2! 6,50 6,100 | 6,46 42,46")),
            Map.entry(
                    'G',
                    glyphs(
                            "58,12 36,0 10,18 2,54 14,90 40,100 60,84 60,56! 36,56",
                            "56,12 32,0 8,20 4,60 20,98 46,94 58,60! 58,100 | 38,58 66,56")),
            Map.entry('H', glyphs("6,0 6,100 | 54,0 54,100 | 6,50 54,48")),
            Map.entry('I', glyphs("30,0 30,100", "10,2 50,2 | 30,2 30,98 | 10,98 50,98")),
            Map.entry('J', glyphs("46,0 46,70 34,98 12,94 4,76", "14,2 60,2 | 40,2 40,76 26,98 6,84")),
            Map.entry('K', glyphs("6,0 6,100 | 52,0 8,56! 56,100")),
            Map.entry('L', glyphs("6,0 6,98! 54,98", "10,0 8,60 6,96! 50,94")),
            Map.entry('M', glyphs("2,100 8,0! 34,60! 60,0! 68,100", "4,100 4,2! 32,70! 60,2! 60,100")),
            Map.entry('N', glyphs("4,100 6,0! 54,98! 56,0")),
            Map.entry('O', glyphs("34,0 6,24 4,72 32,100 60,76 62,26 32,0")),
            Map.entry('P', glyphs("6,2 6,50 6,100 | 4,4 36,2 52,24 40,48 8,52")),
            Map.entry('Q', glyphs("34,0 6,24 4,72 32,98 60,74 62,26 32,0 | 36,70 64,102")),
            Map.entry('R', glyphs("6,2 6,50 6,100 | 4,4 36,2 50,22 38,46 8,50! 54,100")),
            Map.entry('S', glyphs("54,12 32,0 8,16 18,42 46,56 56,80 34,100 4,88")),
            Map.entry('T', glyphs("2,2 60,2 | 31,2 31,50 30,100")),
            Map.entry('U', glyphs("4,0 4,60 16,96 40,98 54,70 56,0", "4,0 4,60 18,96 40,94 52,70! 54,0! 54,100")),
            Map.entry('V', glyphs("2,0 30,100! 58,0")),
            Map.entry('W', glyphs("0,0 16,100! 34,30! 52,100! 68,0")),
            Map.entry('X', glyphs("4,0 56,100 | 54,0 2,100")),
            Map.entry('Y', glyphs("2,0 30,48! 58,0 | 30,48 30,100", "4,0 10,36 34,44 52,30 56,0 | 54,10 48,100")),
            Map.entry('Z', glyphs("6,2 56,2! 4,98! 60,98", "6,2 56,2! 4,98! 60,98 | 14,50 48,50")));

    private static final Map<Character, List<Glyph>> SIGNS = Map.ofEntries(
            Map.entry('+', glyphs("4,50 96,50 | 50,4 50,96")),
            Map.entry('✓', glyphs("2,60 26,100! 74,0", "2,70 20,98! 60,20 90,2")),
            Map.entry('×', glyphs("2,2 98,98 | 98,4 2,96")),
            Map.entry('=', glyphs("4,30 90,30 | 4,70 90,70")),
            Map.entry('?', glyphs("6,20 20,2 48,8 48,30 28,50 26,74 | 26,96 27,98")),
            Map.entry('!', glyphs("30,0 30,70 | 30,96 30,99")),
            Map.entry('#', glyphs("30,0 20,100 | 70,0 60,100 | 0,34 90,30 | 0,70 90,66")),
            Map.entry('&', glyphs("70,96 20,30 26,4 48,6 44,30 8,66 10,92 40,98 66,60")),
            Map.entry(
                    '%', glyphs("20,4 4,16 10,34 26,30 28,10 18,4 | 70,60 54,74 60,94 78,90 80,70 68,60 | 80,2 10,98")),
            Map.entry('*', glyphs("50,0 50,100 | 6,24 94,76 | 94,24 6,76")),
            Map.entry('△', glyphs("50,0 100,90! 0,92! 50,0")),
            Map.entry('□', glyphs("4,2 96,4! 94,96! 2,94! 4,2")),
            Map.entry('⊙', glyphs("50,0 6,30 6,72 50,100 94,70 92,30 50,0 | 49,48 51,52")),
            Map.entry('→', glyphs("0,50 100,50 | 70,20 100,50! 70,80")),
            Map.entry('☆', glyphs("50,0 78,96! 2,36! 98,36! 20,96! 50,0")),
            Map.entry('♡', glyphs("50,96 4,40 18,6 50,26! 82,6 96,40 50,96")),
            Map.entry('-', glyphs("2,50 98,52")),
            Map.entry('~', glyphs("0,60 20,30 40,60 60,70 80,40 100,50")),
            Map.entry('⊚', glyphs("50,50 60,44 62,60 44,66 34,44 54,26 80,44 76,80 40,90 14,64 16,26 54,2")),
            Map.entry('◇', glyphs("50,0 100,50! 50,100! 0,50! 50,0")),
            Map.entry('(', glyphs("30,0 10,30 10,70 30,100 | 70,0 90,30 90,70 70,100")),
            Map.entry(
                    '@', glyphs("66,40 46,34 34,54 46,70 64,60 66,40! 70,70 90,64 96,36 60,4 20,20 4,60 30,96 76,92")),
            Map.entry('$', glyphs("70,20 40,12 16,26 30,46 64,58 70,80 40,90 8,80 | 42,0 38,100")),
            Map.entry('⊠', glyphs("4,2 96,4! 94,96! 2,94! 4,2 | 4,2 94,96 | 96,4 2,94")));

    private Letters() {}

    /** The letters of the Latin alphabet, small and capital, in order. */
    public static String letters() {
        return inOrder(LETTERS);
    }

    /** Signs and simple shapes, in order. */
    public static String signs() {
        return inOrder(SIGNS);
    }

    /** Writes a letter or a sign the way some hand might: polylines of points (x, y), about 100 high. */
    public static List<double[][]> lines(char sign, Random random) {
        List<Glyph> variants = LETTERS.containsKey(sign) ? LETTERS.get(sign) : SIGNS.get(sign);
        List<double[][]> lines = variants.get(random.nextInt(variants.size()))
                .wobbled(Handwriting.WOBBLE, random)
                .polylines();
        Handwriting.distort(lines, random);
        return lines;
    }

    /** Lines as an image in MNIST's manner: unsigned bytes [28, 28]. */
    public static byte[] image(List<double[][]> lines, Random random) {
        byte[] pixels = new byte[Handwriting.SIDE * Handwriting.SIDE];
        new Handwriting().write(lines, random, pixels, 0);
        return pixels;
    }

    /** A smooth curve through points (x, y), or a line with a corner at each. */
    public static double[][] curve(double[][] points, boolean corners) {
        List<Glyph.Point> stroke = Stream.of(points)
                .map(point -> new Glyph.Point(point[0], point[1], corners))
                .toList();
        return new Glyph(List.of(stroke)).polylines().get(0);
    }

    private static List<Glyph> glyphs(String... notations) {
        return Stream.of(notations).map(Glyph::of).toList();
    }

    private static String inOrder(Map<Character, List<Glyph>> glyphs) {
        return glyphs.keySet().stream().sorted().map(String::valueOf).collect(Collectors.joining());
    }
}
