package io.github.ram.training.data.drawn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.ImageShape;
import io.github.ram.training.data.DataException;
import io.github.ram.training.data.Dataset;
import io.github.ram.training.data.Split;
import io.github.ram.training.data.StoredDataset;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class ScenesTest {

    private static final int SIDE = 60;

    /** Digits of one grey each. */
    private static StoredDataset filled(int... greys) {
        byte[] pixels = new byte[greys.length * 784];
        byte[] labels = new byte[greys.length];
        for (int i = 0; i < greys.length; i++) {
            Arrays.fill(pixels, i * 784, (i + 1) * 784, (byte) greys[i]);
            labels[i] = (byte) i;
        }
        return new StoredDataset("filled", new ImageShape(28, 28, 1), 10, pixels, labels);
    }

    private static Dataset scenes(int pieces, StoredDataset digits) {
        return Scenes.of(new SceneLayout(SIDE, pieces), digits, Split.TRAIN);
    }

    private static byte[] scene(Dataset scenes, int i) {
        byte[] scene = new byte[scenes.shape().size()];
        scenes.copyPixels(i, scene, 0);
        return scene;
    }

    /** How many pixels there are of each grey but black. */
    private static Map<Integer, Integer> histogram(byte[] scene) {
        Map<Integer, Integer> counts = new TreeMap<>();
        for (byte pixel : scene) {
            if (pixel != 0) {
                counts.merge(Byte.toUnsignedInt(pixel), 1, Integer::sum);
            }
        }
        return counts;
    }

    /** The first pixel that is not black. */
    private static int first(byte[] scene) {
        int i = 0;
        while (scene[i] == 0) {
            i++;
        }
        return i;
    }

    @Test
    void aTranslatedDigitIsWholeSomewhereAndNothingElseIsThere() {
        StoredDataset strokes = Strokes.draw(5, Split.TRAIN, 20);
        Dataset scenes = scenes(0, strokes);
        for (int i = 0; i < 20; i++) {
            byte[] digit = scene(strokes, i);
            byte[] scene = scene(scenes, i);
            int place = first(scene) - (first(digit) / 28 * SIDE + first(digit) % 28);
            byte[] expected = new byte[SIDE * SIDE];
            for (int row = 0; row < 28; row++) {
                System.arraycopy(digit, row * 28, expected, place + row * SIDE, 28);
            }
            assertArrayEquals(expected, scene);
            assertEquals(strokes.label(i), scenes.label(i));
        }
    }

    @Test
    void aDigitComesToEveryPlaceWhereItFits() {
        Dataset scenes = scenes(0, filled(255));
        TreeSet<Integer> rows = new TreeSet<>();
        TreeSet<Integer> columns = new TreeSet<>();
        for (int seed = 0; seed < 500; seed++) {
            int place = first(scene(scenes.redrawn(seed), 0));
            rows.add(place / SIDE);
            columns.add(place % SIDE);
        }
        assertEquals(0, rows.first());
        assertEquals(32, rows.last());
        assertEquals(33, rows.size());
        assertEquals(0, columns.first());
        assertEquals(32, columns.last());
        assertEquals(33, columns.size());
    }

    @Test
    void piecesAreEightPixelsASideAndOfOtherDigits() {
        Dataset scenes = scenes(1, filled(1, 100)); // the second digit is among pieces of the first
        Map<Integer, Integer> counts = histogram(scene(scenes.redrawn(3), 1));
        int beside = counts.getOrDefault(1, 0);
        int under = counts.getOrDefault(101, 0);
        assertEquals(64, beside + under, counts.toString());
        assertEquals(784, counts.get(100) + under);
        assertTrue(counts.size() <= 3, counts.toString());
    }

    @Test
    void piecesComeFromEveryPartOfADigit() {
        byte[] pixels = new byte[2 * 784];
        for (int i = 0; i < 784; i++) {
            pixels[i] = (byte) (i % 28 + 1); // the first digit's columns are numbered, the second is black
        }
        Dataset scenes = scenes(1, new StoredDataset("columns", new ImageShape(28, 28, 1), 10, pixels, new byte[2]));
        TreeSet<Integer> seen = new TreeSet<>();
        for (int seed = 0; seed < 300; seed++) {
            seen.addAll(histogram(scene(scenes.redrawn(seed), 1)).keySet());
        }
        assertEquals(28, seen.size());
    }

    @Test
    void thereAreAsManyPiecesAsTheLayoutSays() {
        int most = 0;
        for (int seed = 0; seed < 50; seed++) {
            Map<Integer, Integer> counts =
                    histogram(scene(scenes(4, filled(1, 0)).redrawn(seed), 1));
            int ink = counts.entrySet().stream()
                    .mapToInt(count -> count.getKey() * count.getValue())
                    .sum();
            assertEquals(4 * 64, ink); // where two overlap, their ink adds up
            most = Math.max(most, counts.get(1));
        }
        assertEquals(4 * 64, most);
    }

    @Test
    void inkThatAddsUpToMoreThanWhiteIsWhite() {
        boolean overlapped = false;
        for (int seed = 0; seed < 20; seed++) {
            Map<Integer, Integer> counts =
                    histogram(scene(scenes(8, filled(200, 150)).redrawn(seed), 1));
            assertTrue(counts.keySet().stream().allMatch(grey -> grey == 150 || grey == 200 || grey == 255));
            overlapped |= counts.containsKey(255);
        }
        assertTrue(overlapped);
    }

    @Test
    void theSameSceneIsTheSameEveryTime() {
        StoredDataset strokes = Strokes.draw(5, Split.TRAIN, 20);
        Dataset scenes = scenes(4, strokes).redrawn(7);
        byte[] again = scene(scenes(4, strokes).redrawn(7), 11);
        scene(scenes, 3);
        assertArrayEquals(again, scene(scenes, 11));
    }

    @Test
    void scenesAreDrawnAnewWithTheSameDigits() {
        StoredDataset strokes = Strokes.draw(5, Split.TRAIN, 20);
        Dataset scenes = scenes(4, strokes);
        Dataset anew = scenes.redrawn(1);
        for (int i = 0; i < 20; i++) {
            assertFalse(Arrays.equals(scene(scenes, i), scene(anew, i)));
            assertEquals(scenes.label(i), anew.label(i));
        }
        assertEquals(scenes.name(), anew.name());
    }

    @Test
    void splitsAreDrawnFromSeedsOfTheirOwn() {
        StoredDataset strokes = Strokes.draw(5, Split.TRAIN, 2);
        byte[] validation = scene(Scenes.of(SceneLayout.CLUTTERED, strokes, Split.VALIDATION), 1);
        byte[] test = scene(Scenes.of(SceneLayout.CLUTTERED, strokes, Split.TEST), 1);
        assertFalse(Arrays.equals(validation, test));
    }

    @Test
    void imagesInMemoryAreNotRedrawn() {
        Dataset strokes = Strokes.draw(5, Split.TRAIN, 2);
        assertEquals(strokes, strokes.redrawn(1));
    }

    @Test
    void aSceneIsCopiedToTheOffset() {
        Dataset scenes = scenes(2, filled(50, 60));
        byte[] target = new byte[SIDE * SIDE + 10];
        Arrays.fill(target, (byte) 9);
        scenes.copyPixels(1, target, 4);
        assertArrayEquals(scene(scenes, 1), Arrays.copyOfRange(target, 4, 4 + SIDE * SIDE));
        assertArrayEquals(new byte[] {9, 9, 9, 9}, Arrays.copyOf(target, 4));
        assertEquals(9, target[target.length - 1]);
    }

    @Test
    void aSceneThatIsNotThereIsRefused() {
        Dataset scenes = scenes(2, filled(50, 60));
        assertThrows(IndexOutOfBoundsException.class, () -> scene(scenes, 2));
        assertThrows(IndexOutOfBoundsException.class, () -> scenes.label(-1));
        assertThrows(IndexOutOfBoundsException.class, () -> scenes.copyPixels(0, new byte[SIDE * SIDE], 1));
    }

    @Test
    void sameBytesOnEveryPlatform() {
        StoredDataset strokes = Strokes.draw(28, Split.TEST, 100);
        assertEquals(0xfd3cbbfeL, crc(Scenes.of(SceneLayout.CLUTTERED, strokes, Split.TEST)));
        assertEquals(
                0x253b969cL,
                crc(Scenes.of(SceneLayout.CLUTTERED, strokes, Split.TRAIN).redrawn(2014)));
    }

    private static long crc(Dataset dataset) {
        CRC32 crc = new CRC32();
        for (int i = 0; i < dataset.size(); i++) {
            crc.update(scene(dataset, i));
        }
        return crc.getValue();
    }

    @Test
    void namesSayWhatIsInAScene() {
        assertEquals(new SceneLayout(60, 0), SceneLayout.named("Translated").orElseThrow());
        assertEquals(
                new SceneLayout(100, 0), SceneLayout.named("translated-100").orElseThrow());
        assertEquals(new SceneLayout(60, 4), SceneLayout.named("cluttered").orElseThrow());
        assertEquals(new SceneLayout(100, 4), SceneLayout.named("cluttered-100").orElseThrow());
        assertEquals(
                new SceneLayout(100, 8), SceneLayout.named("cluttered-100-8").orElseThrow());
        for (String name : new String[] {"mnist", "translated-100-8", "cluttered-", "cluttered-x", "cluttered--1"}) {
            assertTrue(SceneLayout.named(name).isEmpty(), name);
        }
        for (String name : new String[] {"translated", "translated-100", "cluttered", "cluttered-60-3"}) {
            assertEquals(name, SceneLayout.named(name).orElseThrow().toString());
        }
        assertNotEquals(
                "cluttered", SceneLayout.named("cluttered-100").orElseThrow().toString());
    }

    @Test
    void sizesThatMakeNoSceneAreRefused() {
        assertRefused("side of a scene must be in [28, 1024], got 27", "translated-27");
        assertRefused("side of a scene must be in [28, 1024], got 1025", "cluttered-1025-8");
        assertRefused("pieces of a scene must be in [1, 100], got 0", "cluttered-60-0");
        assertRefused("pieces of a scene must be in [1, 100], got 101", "cluttered-60-101");
    }

    private static void assertRefused(String message, String name) {
        assertEquals(
                message,
                assertThrows(DataException.class, () -> SceneLayout.named(name)).getMessage());
    }
}
