package io.github.ram.model.learning;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A matrix of float32 in native memory, row-major and contiguous, where BLAS works on it without a copy. */
final class Matrix {

    private final INDArray owner; // of the memory, which lives as long as this
    private final FloatPointer memory;
    private final FloatBuffer values;
    private final int rows;
    private final int columns;

    private Matrix(INDArray owner, FloatPointer memory, FloatBuffer values, int rows, int columns) {
        this.owner = owner;
        this.memory = memory;
        this.values = values;
        this.rows = rows;
        this.columns = columns;
    }

    /** The memory of an array [rows, columns] itself: no copy. */
    static Matrix of(INDArray array) {
        return new Matrix(
                array,
                new FloatPointer(array.data().addressPointer()),
                array.data().asNioFloat().slice(),
                array.rows(),
                array.columns());
    }

    static Matrix zeros(int rows, int columns) {
        return of(Nd4j.create(DataType.FLOAT, rows, columns));
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    /** The rows [from, from + count), in the same memory. */
    Matrix rows(int from, int count) {
        FloatPointer first = new FloatPointer(memory).position(memory.position() + (long) from * columns);
        return new Matrix(owner, first, values.slice(from * columns, count * columns), count, columns);
    }

    /** Copies a row [columns] out. */
    void get(int row, float[] to) {
        values.get(row * columns, to, 0, columns);
    }

    /** Copies a row [columns] in. */
    void put(int row, float[] from) {
        values.put(row * columns, from, 0, columns);
    }

    /** Copies all rows out. */
    void get(float[] to) {
        values.get(0, to, 0, rows * columns);
    }

    /** Copies all rows in. */
    void put(float[] from, int offset) {
        values.put(0, from, offset, rows * columns);
    }

    void setToZero() {
        Pointer.memset(memory, 0, (long) Float.BYTES * rows * columns);
    }

    /** C ← A·B + β·C, where C is this. */
    void product(Matrix a, Matrix b, float beta) {
        multiply(CblasNoTrans, CblasNoTrans, a.columns, a, b, beta);
    }

    /** C ← Aᵀ·B + β·C. */
    void productOfTransposed(Matrix a, Matrix b, float beta) {
        multiply(CblasTrans, CblasNoTrans, a.rows, a, b, beta);
    }

    /** C ← A·Bᵀ + β·C. */
    void productWithTransposed(Matrix a, Matrix b, float beta) {
        multiply(CblasNoTrans, CblasTrans, a.columns, a, b, beta);
    }

    private void multiply(int transA, int transB, int inner, Matrix a, Matrix b, float beta) {
        cblas_sgemm(
                CblasRowMajor,
                transA,
                transB,
                rows,
                columns,
                inner,
                1,
                a.memory,
                a.columns,
                b.memory,
                b.columns,
                beta,
                memory,
                columns);
    }
}
