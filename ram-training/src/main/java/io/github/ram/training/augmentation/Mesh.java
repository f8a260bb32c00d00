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

    /** The shifts of one row of the image. */
    private final float[] row = new float[2 * KNOTS];

    /** The cell of each position along a side, and the weights of the four knots around it. */
    private final int[] columnCells;

    private final float[] columnWeights;
    private final int[] rowCells;
    private final float[] rowWeights;

    /** Makes a mesh without shifts, for images of a shape. */
    Mesh(ImageShape shape) {
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

    /** Selects the row of the image for {@link #right} and {@link #down}. */
    void row(int y) {
        for (int i = 0; i < row.length; i++) {
            int first = rowCells[y] * row.length + i;
            float sum = 0;
            for (int k = 0; k < 4; k++) {
                sum += rowWeights[4 * y + k] * moves[first + k * row.length];
            }
            row[i] = sum;
        }
    }

    /** The shift to the right in a column, in pixels. */
    float right(int x) {
        return along(x, 0);
    }

    /** The shift down in a column, in pixels. */
    float down(int x) {
        return along(x, 1);
    }

    private float along(int x, int axis) {
        int first = 2 * columnCells[x] + axis;
        return columnWeights[4 * x] * row[first]
                + columnWeights[4 * x + 1] * row[first + 2]
                + columnWeights[4 * x + 2] * row[first + 4]
                + columnWeights[4 * x + 3] * row[first + 6];
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
