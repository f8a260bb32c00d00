package io.github.ram.training.augmentation;

import io.github.ram.model.ImageShape;
import java.util.random.RandomGenerator;

/**
 * A smooth random deformation of an image. The knots of a square mesh are shifted at random; uniform cubic B-splines
 * interpolate between the knots (the free-form deformation of Rueckert et al., 1999). Handwriting varies in a similar
 * way: Simard, Steinkraus and Platt, "Best Practices for Convolutional Neural Networks Applied to Visual Document
 * Analysis", 2003, deform MNIST's digits smoothly.
 */
public final class Mesh {

    /** Cells of the mesh along a side of the image. */
    private static final int CELLS = 4;

    /** Knots along a side: the curve within a cell depends on four knots. */
    private static final int KNOTS = CELLS + 3;

    /** The shift of each knot to the right and down, in pixels, row by row. */
    private final float[] moves = new float[2 * KNOTS * KNOTS];

    /** The shifts of the knots' columns at one row of the image. */
    private final float[] row = new float[2 * KNOTS];

    /** The shifts of the pixels of this row. */
    private final float[] right;

    private final float[] down;

    /** The cell of each position along a side, and the weights of the four knots around it. */
    private final int[] columnCells;

    private final float[] columnWeights;
    private final int[] rowCells;
    private final float[] rowWeights;

    /** Makes a mesh without shifts, for images of a shape. */
    Mesh(ImageShape shape) {
        right = new float[shape.width()];
        down = new float[shape.width()];
        columnCells = cells(shape.width());
        columnWeights = weights(shape.width());
        rowCells = cells(shape.height());
        rowWeights = weights(shape.height());
    }

    /**
     * Shifts all knots.
     *
     * @param most largest shift along each axis in pixels; shifts are uniform
     */
    void draw(double most, RandomGenerator random) {
        for (int i = 0; i < moves.length; i++) {
            moves[i] = (float) (most * (2 * random.nextDouble() - 1));
        }
    }

    /** Computes the shifts of the pixels in a row of the image, for {@link #right} and {@link #down}. */
    void row(int y) {
        for (int i = 0; i < row.length; i++) {
            int first = rowCells[y] * row.length + i;
            float sum = 0;
            for (int k = 0; k < 4; k++) {
                sum += rowWeights[4 * y + k] * moves[first + k * row.length];
            }
            row[i] = sum;
        }
        for (int x = 0; x < columnCells.length; x++) {
            int first = 2 * columnCells[x];
            float w0 = columnWeights[4 * x];
            float w1 = columnWeights[4 * x + 1];
            float w2 = columnWeights[4 * x + 2];
            float w3 = columnWeights[4 * x + 3];
            right[x] = w0 * row[first] + w1 * row[first + 2] + w2 * row[first + 4] + w3 * row[first + 6];
            down[x] = w0 * row[first + 1] + w1 * row[first + 3] + w2 * row[first + 5] + w3 * row[first + 7];
        }
    }

    /** The shift to the right in a column, in pixels. */
    float right(int x) {
        return right[x];
    }

    /** The shift down in a column, in pixels. */
    float down(int x) {
        return down[x];
    }

    private static int[] cells(int size) {
        int[] cells = new int[size];
        for (int i = 0; i < size; i++) {
            cells[i] = i * CELLS / size;
        }
        return cells;
    }

    private static float[] weights(int size) {
        float[] weights = new float[4 * size];
        for (int i = 0; i < size; i++) {
            float t = (float) (i * CELLS % size) / size;
            float s = 1 - t;
            weights[4 * i] = s * s * s / 6;
            weights[4 * i + 1] = (3 * t * t * t - 6 * t * t + 4) / 6;
            weights[4 * i + 2] = (3 * s * s * s - 6 * s * s + 4) / 6;
            weights[4 * i + 3] = t * t * t / 6;
        }
        return weights;
    }
}
