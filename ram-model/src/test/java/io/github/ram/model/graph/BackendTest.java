package io.github.ram.model.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.FloatBuffer;
import org.bytedeco.openblas.global.openblas;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class BackendTest {

    @Test
    void nd4jAndOpenBlasGetOneThreadEach() {
        Backend.initialise();
        assertEquals(1, Nd4j.getEnvironment().maxMasterThreads());
        assertEquals(1, openblas.blas_get_num_threads());
        assertEquals("cpu", Backend.name());
    }

    @Test
    void floatsAreReadAndWrittenFromWhereAnArrayBegins() {
        INDArray rows = Nd4j.zeros(DataType.FLOAT, 3, 2);
        INDArray second = rows.getRow(1); // shares the memory of the others, two values in

        Floats.write(second, memory -> memory.put(0, 5).put(1, 6));
        Floats.write(second, memory -> memory.put(new float[] {7}));

        assertArrayEquals(new float[] {0, 0, 7, 6, 0, 0}, rows.reshape(6).toFloatVector());
        FloatBuffer read = Floats.read(second);
        assertEquals(7, read.get(0));
        assertEquals(7, read.get());
        assertEquals(6, read.get());
    }
}
