package io.github.ram.model.ram.engine;

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
 * A matrix of float32 in native memory, row-major, where BLAS works on it without a copy. Whole ones are contiguous;
 * some columns of one are not.
 */
public final class Matrix {

    static {
        Backend.initialiseBlas();
    }

    private final Object owner; // of the memory, which lives as long as this
    private final FloatPointer memory;
    private final FloatBuffer values;
    private final int rows;
    private final int columns;
    private final int stride; // from a row to the next

    private Matrix(Object owner, FloatPointer memory, FloatBuffer values, int rows, int columns, int stride) {
        this.owner = owner;
        this.memory = memory;
        this.values = values;
        this.rows = rows;
        this.columns = columns;
        this.stride = stride;
    }

    /** The memory of an array [rows, columns] itself: no copy. */
    public static Matrix of(INDArray array) {
        return new Matrix(
                array,
                new FloatPointer(array.data().addressPointer()),
                array.data().asNioFloat().slice(),
                array.rows(),
                array.columns(),
                array.columns());
    }

    /** A matrix of zeros. */
    public static Matrix zeros(int rows, int columns) {
        FloatPointer memory = new FloatPointer((long) rows * columns);
        Matrix matrix = new Matrix(memory, memory, memory.asBuffer(), rows, columns, columns);
        matrix.setToZero();
        return matrix;
    }

    /** Its number of rows. */
    public int rows() {
        return rows;
    }

    /** Its number of columns. */
    public int columns() {
        return columns;
    }

    /** The rows [from, from + count), in the same memory. */
    public Matrix rows(int from, int count) {
        return part(from * stride, count, columns);
    }

    /** The columns [from, from + count), in the same memory. */
    Matrix columns(int from, int count) {
        return part(from, rows, count);
    }

    private Matrix part(int at, int rowCount, int columnCount) {
        FloatPointer first = new FloatPointer(memory).position(memory.position() + at);
        int length = (rowCount - 1) * stride + columnCount;
        return new Matrix(owner, first, values.slice(at, length), rowCount, columnCount, stride);
    }

    /** Copies a row [columns] out. */
    public void get(int row, float[] to) {
        values.get(row * stride, to, 0, columns);
    }

    /** Copies a row [columns] in. */
    public void put(int row, float[] from) {
        values.put(row * stride, from, 0, columns);
    }

    /** Copies all rows of a contiguous matrix out. */
    public void get(float[] to) {
        values.get(0, to, 0, rows * columns);
    }

    /** Copies all rows of a contiguous matrix in. */
    public void put(float[] from, int offset) {
        put(rows, from, offset);
    }

    /** Copies the first rows of a contiguous matrix in. */
    void put(int count, float[] from, int offset) {
        values.put(0, from, offset, count * columns);
    }

    /**
     * Makes the first rows relu(y + b).
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

    /** Makes a contiguous matrix zero. */
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
