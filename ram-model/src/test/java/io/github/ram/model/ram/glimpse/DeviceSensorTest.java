package io.github.ram.model.ram.glimpse;

import static io.github.ram.model.ram.TestArrays.uniform;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.ram.model.graph.Backend;
import io.github.ram.model.ram.TestArrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Both ways to run the sensor see the same. */
class DeviceSensorTest {

    private static final long SEED = 20260101;

    @BeforeAll
    static void startBackend() {
        Backend.initialise();
    }

    @Test
    void theBackendsOperationsSeeWhatTheHostSees() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int trial = 0; trial < 150; trial++) {
            int batch = random.nextInt(1, 9);
            int height = random.nextInt(1, 20);
            int width = random.nextInt(1, 20);
            int channels = random.nextInt(1, 4);
            Patches patches = new Patches(
                    random.nextInt(1, 7), random.nextInt(1, 4), random.nextInt(2, 4), (float) random.nextDouble(-1, 1));
            INDArray images = uniform(random, batch, height, width, channels);
            INDArray locations = locations(random, batch, height, width);

            float[] host = host(patches, images, locations);
            float[] device =
                    DeviceSensor.run(patches, images, locations).reshape(-1).toFloatVector();

            // A pixel is copied; only means may be rounded in another order.
            float tolerance = patches.scales() == 1 ? 0 : 4 * Math.ulp(1f);
            assertArrayEquals(host, device, tolerance, "seed " + SEED + ", trial " + trial + ": " + patches);
        }
    }

    @Test
    void pixelsFarIntoALargeBatchAreFound() {
        int side = 2601; // odd, and 4 · 2601² > 2^24: such indices are no whole numbers in float32
        INDArray images = Nd4j.zeros(DataType.FLOAT, 4, side, side, 1);
        images.putScalar(new long[] {3, 1300, 1299, 0}, 7);
        INDArray locations = Nd4j.zeros(DataType.FLOAT, 4, 2);

        INDArray seen = DeviceSensor.run(new Patches(3, 1, 1, -1), images, locations);

        assertArrayEquals(
                new float[] {0, 0, 0, 7, 0, 0, 0, 0, 0}, seen.getRow(3).toFloatVector());
        assertEquals(7, seen.sumNumber().floatValue());
    }

    @Test
    void arraysThatAreNotRowMajorAndContiguousAreSeenAlike() {
        SplittableRandom random = new SplittableRandom(SEED);
        INDArray images = uniform(random, 3, 5, 7, 2);
        INDArray locations = locations(random, 3, 5, 7);
        Patches patches = new Patches(3, 1, 1, 0.5f);
        float[] expected = host(patches, images, locations);

        INDArray wide = uniform(random, 5, 5, 9, 2);
        INDArray window = wide.get(
                NDArrayIndex.interval(1, 4), NDArrayIndex.all(), NDArrayIndex.interval(2, 9), NDArrayIndex.all());
        window.assign(images);
        INDArray permuted = images.permute(0, 2, 1, 3).dup('c').permute(0, 2, 1, 3);
        INDArray pairs = Nd4j.create(DataType.FLOAT, 2, 3).assign(locations.transpose());

        assertArrayEquals(expected, run(patches, images.dup('f'), locations));
        assertArrayEquals(expected, run(patches, window, locations));
        assertArrayEquals(expected, run(patches, permuted, locations));
        assertArrayEquals(expected, run(patches, images, locations.dup('f')));
        assertArrayEquals(expected, run(patches, images, pairs.transpose()));
        assertArrayEquals(expected, run(patches, images.reshape(3, 5, 7, 2), locations.reshape(3, 2)));
    }

    @Test
    void anOutputThatIsNotRowMajorIsFilledAlike() {
        SplittableRandom random = new SplittableRandom(SEED);
        INDArray images = uniform(random, 3, 5, 7, 2);
        INDArray locations = locations(random, 3, 5, 7);
        Patches patches = new Patches(3, 1, 1, 0.5f);

        INDArray output = Nd4j.create(DataType.FLOAT, new long[] {3, 18}, 'f');
        run(patches, images, locations, output);

        assertArrayEquals(host(patches, images, locations), TestArrays.values(output));
    }

    private static float[] run(Patches patches, INDArray images, INDArray locations) {
        INDArray output = Nd4j.create(DataType.FLOAT, images.size(0), patches.values() * images.size(3));
        run(patches, images, locations, output);
        return output.reshape(-1).toFloatVector();
    }

    private static void run(Patches patches, INDArray images, INDArray locations, INDArray output) {
        GlimpseSensor sensor = new GlimpseSensor();
        sensor.addIArgument(patches.size(), patches.scales(), patches.factor());
        sensor.addTArgument(patches.padding());
        OpContext context = Nd4j.getExecutioner().buildContext();
        context.setInputArray(0, images);
        context.setInputArray(1, locations);
        context.setOutputArray(0, output);
        sensor.run(context);
    }

    private static float[] host(Patches patches, INDArray images, INDArray locations) {
        INDArray output = Nd4j.create(DataType.FLOAT, images.size(0), patches.values() * images.size(3));
        HostSensor.run(patches, images, locations, output);
        return output.reshape(-1).toFloatVector();
    }

    /** Anywhere, at the borders, and where one pixel ends and the next begins. */
    private static INDArray locations(SplittableRandom random, int batch, int height, int width) {
        INDArray locations = Nd4j.create(DataType.FLOAT, batch, 2);
        for (int b = 0; b < batch; b++) {
            locations.putScalar(b, 0, coordinate(random, width));
            locations.putScalar(b, 1, coordinate(random, height));
        }
        return locations;
    }

    private static float coordinate(SplittableRandom random, int size) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextBoolean() ? 1 : -1;
            case 1 -> 2f * random.nextInt(size + 1) / size - 1;
            default -> (float) random.nextDouble(-1, 1);
        };
    }
}
