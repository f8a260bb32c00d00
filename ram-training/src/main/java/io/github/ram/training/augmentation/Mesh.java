package io.github.ram.training.augmentation;

import io.github.ram.model.ImageShape;
import java.util.random.RandomGenerator;

/**
 * A smooth random deformation of an image: knots of a square mesh are moved at random, and what lies between them
 * follows along uniform cubic B-splines (the free-form deformation of Rueckert et al., 1999). Handwriting varies like
 * that: Simard, Steinkraus and Platt, "Best Practices for Convolutional Neural Networks Applied to Visual Document
 * Analysis", 2003, bend MNIST's digits so.
 */
public final class Mesh {

    /** Cells of the mesh a side of the image. */
    private static final int CELLS = 4;

    /** Knots a side: the curve within a cell depends on four. */
    private static final int KNOTS = CELLS + 3;

    /** Of each knot, row by row, how far right and how far down, in pixels. */
    private final float[] moves = new float[2 * KNOTS * KNOTS];

    /** The same for one row of the image. */
    private final float[] row = new float[2 * KNOTS];

    /** Of each place along a side, the cell that it is in and the weights of the four knots around it. */
    private final int[] columnCells;

    private final float[] columnWeights;
    private final int[] rowCells;
    private final float[] rowWeights;

    /** A mesh at rest on images of a shape. */
    Mesh(ImageShape shape) {
        columnCells = cells(shape.width());
        columnWeights = weights(shape.width());
        rowCells = cells(shape.height());
        rowWeights = weights(shape.height());
    }

    /**
     * Moves all knots.
     *
     * @param most pixels along each axis, drawn evenly
     */
    void draw(double most, RandomGenerator random) {
        for (int i = 0; i < moves.length; i++) {
            moves[i] = (float) (most * (2 * random.nextDouble() - 1));
        }
    }

    /** Makes a row of the image the one that {@link #right} and {@link #down} are about. */
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

    /** How far right the place in a column is moved, in pixels. */
    float right(int x) {
        return along(x, 0);
    }

    /** How far down the place in a column is moved, in pixels. */
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
