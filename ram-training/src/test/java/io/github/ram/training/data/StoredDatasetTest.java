package io.github.ram.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.ram.model.ImageShape;
import org.junit.jupiter.api.Test;

class StoredDatasetTest {

    private static final ImageShape SHAPE = new ImageShape(1, 2, 1);

    private static StoredDataset three() {
        return new StoredDataset(
                "sample", SHAPE, 256, new byte[] {1, 2, 3, 4, (byte) 255, 6}, new byte[] {0, 1, (byte) 200});
    }

    @Test
    void labelsAreUnsigned() {
        assertEquals(200, three().label(2));
    }

    @Test
    void pixelsAreCopiedToTheOffset() {
        byte[] target = new byte[4];
        three().copyPixels(2, target, 1);
        assertArrayEquals(new byte[] {0, (byte) 255, 6, 0}, target);
    }

    @Test
    void arraysOfTheCallerAreCopied() {
        byte[] pixels = {1, 2};
        byte[] labels = {0};
        StoredDataset dataset = new StoredDataset("sample", SHAPE, 1, pixels, labels);
        pixels[0] = 9;
        labels[0] = 9;
        byte[] image = new byte[2];
        dataset.copyPixels(0, image, 0);
        assertArrayEquals(new byte[] {1, 2}, image);
        assertEquals(0, dataset.label(0));
    }

    @Test
    void sliceCountsFromItsOwnStart() {
        StoredDataset slice = three().slice(1, 3).slice(1, 2);
        byte[] image = new byte[2];
        slice.copyPixels(0, image, 0);
        assertEquals(1, slice.size());
        assertEquals(200, slice.label(0));
        assertArrayEquals(new byte[] {(byte) 255, 6}, image);
    }

    @Test
    void sliceEndsWhereItEnds() {
        StoredDataset slice = three().slice(0, 2);
        assertThrows(IndexOutOfBoundsException.class, () -> slice.label(2));
        assertThrows(IndexOutOfBoundsException.class, () -> slice.copyPixels(2, new byte[2], 0));
        assertThrows(IndexOutOfBoundsException.class, () -> slice.slice(0, 3));
    }

    @Test
    void emptySliceIsRefused() {
        assertRefused("sample: slice [1, 1) is empty", () -> three().slice(1, 1));
    }

    @Test
    void negativeIndexIsRefused() {
        StoredDataset slice = three().slice(1, 3);
        assertThrows(IndexOutOfBoundsException.class, () -> slice.label(-1));
        assertThrows(IndexOutOfBoundsException.class, () -> slice.copyPixels(-1, new byte[2], 0));
    }

    @Test
    void pixelsAndLabelsMustAgree() {
        assertRefused(
                "sample: 2 labels of 1×2×1 images need 4 pixel values, got 5",
                () -> new StoredDataset("sample", SHAPE, 10, new byte[5], new byte[2]));
    }

    @Test
    void labelOutsideTheClassesIsRefused() {
        assertRefused(
                "sample: label of image 1 must be in [0, 1], got 2",
                () -> new StoredDataset("sample", SHAPE, 2, new byte[4], new byte[] {1, 2}));
    }

    @Test
    void emptySetIsRefused() {
        assertRefused(
                "sample: a data set must hold at least one image",
                () -> new StoredDataset("sample", SHAPE, 2, new byte[0], new byte[0]));
    }

    @Test
    void classesMustFitAByte() {
        assertRefused(
                "sample: classes must be in [1, 256], got 257",
                () -> new StoredDataset("sample", SHAPE, 257, new byte[2], new byte[1]));
        assertRefused(
                "sample: classes must be in [1, 256], got 0",
                () -> new StoredDataset("sample", SHAPE, 0, new byte[2], new byte[1]));
    }

    private static void assertRefused(String message, Runnable action) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, action::run).getMessage());
    }
}
