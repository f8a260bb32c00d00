package io.github.ram.training.data.drawn;

import java.util.List;
import java.util.stream.Stream;

/** How the digits 0 to 9 are written: for each, the variants that hands differ in. */
final class Digits {

    private static final List<List<Glyph>> VARIANTS = List.of(
            glyphs( // 0: closed oval; open at the top; slim; wide and begun inside
                    "36,0 8,22 2,58 28,100 60,76 62,30 32,1",
                    "46,6 14,12 2,54 24,98 58,80 62,34 38,2",
                    "26,0 8,20 4,62 24,100 44,80 48,34 28,0",
                    "28,10 6,34 8,80 40,100 70,74 66,28 36,2 22,12"),
            glyphs( // 1: a plain stroke, twice as common; with a flag; with a flag and a base
                    "30,0 30,50 30,100",
                    "34,0 31,50 30,100",
                    "18,18 30,10 38,0! 37,50 36,100",
                    "16,20 28,12 36,0! 36,50 36,99 | 14,100 36,99 60,100"),
            glyphs( // 2: pointed foot; looped foot; flat foot with a round head; wavy foot
                    "6,22 16,5 34,0 50,10 54,28 42,52 22,76 2,98! 28,95 62,96",
                    "6,16 22,2 42,4 52,20 46,46 28,76 10,96 2,88 12,78 32,88 62,98",
                    "4,30 10,8 32,0 54,12 54,34 36,60 4,98! 32,98 60,97",
                    "4,12 24,1 46,8 50,30 36,60 8,94 6,84 24,82 44,96 64,92"),
            glyphs( // 3: two bows with a notch; rounder; flat top; small upper bow
                    "6,12 22,0 44,4 52,20 42,38 22,46! 46,52 58,70 48,92 26,100 4,90",
                    "4,8 30,0 52,14 44,36 26,46 24,48! 48,52 60,72 44,96 20,100 2,92",
                    "6,5 30,3 56,2! 40,22 26,42! 50,48 60,70 46,94 22,100 2,92",
                    "10,14 28,2 44,10 42,30 24,42! 44,44 56,62 50,86 28,100 4,94"),
            glyphs( // 4: open; open and angular; open with a round corner; closed
                    "10,2 6,28 4,52! 26,58 58,50 | 52,0 48,44 44,100",
                    "18,0 10,26 2,54! 32,54 66,52 | 50,14 48,56 46,100",
                    "8,4 2,36 10,56 30,58 52,44 56,2! 54,50 52,100",
                    "50,0 28,28 2,62! 34,62 68,60 | 50,0 49,50 48,100"),
            glyphs( // 5: bar last; in one stroke; angular; with a wide bow
                    "14,4 11,22 8,42! 30,36 52,48 56,70 42,92 20,100 2,92 | 14,4 34,3 60,0",
                    "56,2 36,4 16,6! 12,24 8,44! 32,38 52,50 54,74 38,96 2,94",
                    "58,4 16,2! 14,42! 36,40 50,54 50,78 32,98 6,96",
                    "20,4 16,40! 40,38 60,56 58,82 32,100 2,88 | 18,4 38,5 62,2"),
            glyphs( // 6: bowed stem; straighter stem; large loop; small loop
                    "46,2 24,20 8,48 4,74 14,96 32,100 48,88 50,68 36,56 18,64 8,82",
                    "34,0 18,30 6,62 6,88 24,100 46,92 52,72 38,58 18,64 7,82",
                    "52,4 26,12 6,44 4,78 22,100 48,96 58,70 44,48 20,52 6,74",
                    "40,0 18,24 4,60 8,92 28,100 44,86 40,68 24,66 10,84"),
            glyphs( // 7: plain; bowed stem; with a bar; with a hooked start
                    "2,8 26,6 56,3! 40,46 24,100",
                    "4,10 28,4 54,6 54,18 38,52 30,100",
                    "2,8 28,6 58,3! 40,48 24,100 | 16,54 36,52 58,48",
                    "4,24 6,6! 32,6 58,2! 44,40 30,70 26,100"),
            glyphs( // 8: begun at the top right, crossing; begun at the crossing; two rings; open at the top
                    "56,14 34,0 12,10 16,32 38,50 58,72 48,96 22,100 4,86 14,66 38,46 56,26 52,8",
                    "34,46 12,32 14,8 38,0 58,14 54,34 32,48 6,70 6,92 30,100 54,90 54,66 32,46",
                    "34,2 14,10 14,34 34,44 54,34 54,10 34,1 | 32,44 8,56 4,84 30,100 60,86 56,58 34,44",
                    "60,6 30,0 12,16 26,40 46,62 42,90 20,100 4,86 16,64 44,42 62,14"),
            glyphs( // 9: straight stem; bowed stem; stem from the top; bent tail
                    "50,14 34,2 14,10 6,30 16,46 34,42 50,16! 50,54 46,100",
                    "50,16 36,2 14,8 4,28 14,46 34,42 52,16! 50,56 38,80 26,100",
                    "44,6 20,2 4,22 10,42 28,44 44,28 50,4! 46,50 40,100",
                    "50,16 30,0 6,14 8,42 30,46 50,16! 52,60 44,92 28,98"));

    private Digits() {}

    /** The variants of a digit, equally common. */
    static List<Glyph> variants(int digit) {
        return VARIANTS.get(digit);
    }

    private static List<Glyph> glyphs(String... notations) {
        return Stream.of(notations).map(Glyph::of).toList();
    }
}
