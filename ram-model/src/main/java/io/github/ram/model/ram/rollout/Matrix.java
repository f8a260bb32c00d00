package io.github.ram.model.ram.rollout;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;

import io.github.ram.model.graph.Backend;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A float32 matrix in native memory, row-major. BLAS uses the memory without a copy. Complete matrices are
 * contiguous; a range of columns is not.
 */
public final class Matrix {

    static {
        Backend.initialiseBlas();
    }

    private final Object owner; // keeps the memory reachable
    private final FloatPointer memory;
    private final FloatBuffer values;
    private final int rows;
    private final int columns;
    private final int stride; // floats from one row to the next

    private Matrix(Object owner, FloatPointer memory, FloatBuffer values, int rows, int columns, int stride) {
        this.owner = owner;
        this.memory = memory;
        this.values = values;
        this.rows = rows;
        this.columns = columns;
        this.stride = stride;
    }

    /** Returns a matrix that shares the memory of an array [rows, columns]. */
    public static Matrix of(INDArray array) {
        return new Matrix(
                array,
                new FloatPointer(array.data().addressPointer()),
                array.data().asNioFloat().slice(),
                array.rows(),
                array.columns(),
                array.columns());
    }

    /** Returns a matrix of zeros. */
    public static Matrix zeros(int rows, int columns) {
        FloatPointer memory = new FloatPointer((long) rows * columns);
        Matrix matrix = new Matrix(memory, memory, memory.asBuffer(), rows, columns, columns);
        matrix.setToZero();
        return matrix;
    }

    /** Number of rows. */
    public int rows() {
        return rows;
    }

    /** Number of columns. */
    public int columns() {
        return columns;
    }

    /** Returns the rows [from, from + count), in the same memory. */
    public Matrix rows(int from, int count) {
        return part(from * stride, count, columns);
    }

    /** Returns the columns [from, from + count), in the same memory. */
    Matrix columns(int from, int count) {
        return part(from, rows, count);
    }

    private Matrix part(int at, int rowCount, int columnCount) {
        FloatPointer first = new FloatPointer(memory).position(memory.position() + at);
        int length = (rowCount - 1) * stride + columnCount;
        return new Matrix(owner, first, values.slice(at, length), rowCount, columnCount, stride);
    }

    /** Copies a row [columns] to an array. */
    public void get(int row, float[] to) {
        values.get(row * stride, to, 0, columns);
    }

    /** Copies an array to a row [columns]. */
    public void put(int row, float[] from) {
        values.put(row * stride, from, 0, columns);
    }

    /** Copies a contiguous matrix to an array. */
    public void get(float[] to) {
        values.get(0, to, 0, rows * columns);
    }

    /** Copies an array, from an offset, to a contiguous matrix. */
    public void put(float[] from, int offset) {
        put(rows, from, offset);
    }

    /** Copies an array, from an offset, to the first rows of a contiguous matrix. */
    void put(int count, float[] from, int offset) {
        values.put(0, from, offset, count * columns);
    }

    /**
     * Replaces the first rows y by relu(y + b).
     *
     * @param bias b [columns]
     * @param row working memory [columns or more]
     */
    public void rectify(int count, float[] bias, float[] row) {
        for (int i = 0; i < count; i++) {
            get(i, row);
            rectify(bias, row);
            put(i, row);
        }
    }

    private static void rectify(float[] bias, float[] row) {
        for (int j = 0; j < bias.length; j++) {
            row[j] = Math.max(0, row[j] + bias[j]);
        }
    }

    /** Sets a contiguous matrix to zero. */
    public void setToZero() {
        Pointer.memset(memory, 0, (long) Float.BYTES * rows * columns);
    }

    /** C ← A·B + β·C, where C is this. */
    public void product(Matrix a, Matrix b, float beta) {
        multiply(CblasNoTrans, CblasNoTrans, rows, a.columns, a, b, beta);
    }

    /** The first rows of C ← A·B. */
    void product(int count, Matrix a, Matrix b) {
        multiply(CblasNoTrans, CblasNoTrans, count, a.columns, a, b, 0);
    }

    /** C ← Aᵀ·B + β·C. */
    public void productOfTransposed(Matrix a, Matrix b, float beta) {
        multiply(CblasTrans, CblasNoTrans, rows, a.rows, a, b, beta);
    }

    /** C ← A·Bᵀ + β·C. */
    public void productWithTransposed(Matrix a, Matrix b, float beta) {
        multiply(CblasNoTrans, CblasTrans, rows, a.columns, a, b, beta);
    }

    private void multiply(int transA, int transB, int count, int inner, Matrix a, Matrix b, float beta) {
        cblas_sgemm(
                CblasRowMajor,
                transA,
                transB,
                count,
                columns,
                inner,
                1,
                a.memory,
                a.stride,
                b.memory,
                b.stride,
                beta,
                memory,
                stride);
    }
}
