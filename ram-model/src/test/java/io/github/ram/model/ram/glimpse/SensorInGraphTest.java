package io.github.ram.model.ram.glimpse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ram.model.graph.GraphPlan;
import io.github.ram.model.ram.TestArrays;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.InferenceSession;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.factory.Nd4j;

/** The sensor as a node of a SameDiff graph. */
class SensorInGraphTest {

    @Test
    void aSavedAndLoadedGraphSeesTheSame() throws IOException {
        SameDiff graph = trainable();
        SameDiff loaded = SameDiff.fromFlatBuffers(graph.asFlatBuffers(false));

        INDArray expected = graph.outputSingle(inputs(), "glimpses");

        assertArrayEquals(new long[] {2, 12}, expected.shape());
        TestArrays.assertBits(expected, loaded.outputSingle(inputs(), "glimpses"), "SameDiff's session");
        GraphPlan plan = new GraphPlan(loaded, inputs(), List.of("glimpses"));
        TestArrays.assertBits(expected, plan.output("glimpses"), "a plan");
    }

    @Test
    void noGradientReachesTheImagesOrTheLocations() {
        Map<String, INDArray> gradients = trainable().calculateGradients(inputs(), "gain", "shift", "after");

        TestArrays.assertBits(Nd4j.zeros(DataType.FLOAT, 2, 4, 5, 1), gradients.get("gain"), "images");
        TestArrays.assertBits(Nd4j.zeros(DataType.FLOAT, 2, 2), gradients.get("shift"), "locations");
        assertTrue(gradients.get("after").norm1Number().doubleValue() > 1);
    }

    @Test
    void itsShapeFollowsFromItsInputs() {
        long[] shape = sensor(3, 2, 2)
                .calculateOutputShape(
                        context(Nd4j.zeros(DataType.FLOAT, 7, 28, 20, 3), Nd4j.zeros(DataType.FLOAT, 7, 2)))
                .get(0)
                .getShape();

        assertArrayEquals(new long[] {7, 54}, shape);
    }

    @ParameterizedTest
    @CsvSource({
        "2 4 5, 2 2, FLOAT, images",
        "2 4 5 1, 3 2, FLOAT, locations",
        "2 4 5 1, 2 3, FLOAT, locations",
        "2 4 5 1, 2, FLOAT, locations",
        "2 4 5 1, 2 2, DOUBLE, images"
    })
    void inputsOfAnotherShapeOrTypeAreRefused(String images, String locations, DataType type, String named) {
        OpContext context = context(Nd4j.zeros(type, shape(images)), Nd4j.zeros(type, shape(locations)));

        String message = assertThrows(
                        IllegalArgumentException.class, () -> sensor(3, 1, 1).calculateOutputShape(context))
                .getMessage();

        assertTrue(message.startsWith("glimpse_sensor: " + named + " must be FLOAT ["), message);
    }

    @Test
    void locationsOfAnotherTypeAreRefused() {
        OpContext context = context(Nd4j.zeros(DataType.FLOAT, 1, 4, 5, 1), Nd4j.zeros(DataType.DOUBLE, 1, 2));

        String message = assertThrows(
                        IllegalArgumentException.class, () -> sensor(3, 1, 1).calculateOutputShape(context))
                .getMessage();

        assertTrue(message.startsWith("glimpse_sensor: locations must be FLOAT [1, 2], got DOUBLE"), message);
    }

    @Test
    void aSessionThatCannotRunItSaysSo() {
        SameDiff graph = trainable();
        InferenceSession foreign = new InferenceSession(graph);
        Throwable refusal = assertThrows(
                RuntimeException.class,
                () -> foreign.output(List.of("glimpses"), inputs(), null, List.of(), List.of(), At.defaultAt()));
        String message = refusal.getMessage();
        assertTrue(message.startsWith("glimpse_sensor runs in a session without Java operations"), message);
    }

    /** Variables before and after the sensor: images · gain, locations + shift, glimpses · after. */
    private static SameDiff trainable() {
        SameDiff graph = SameDiff.create();
        SDVariable images = graph.placeHolder("images", DataType.FLOAT, -1, 4, 5, 1);
        SDVariable locations = graph.placeHolder("locations", DataType.FLOAT, -1, 2);
        SDVariable gain = graph.var("gain", Nd4j.ones(DataType.FLOAT, 2, 4, 5, 1));
        SDVariable shift = graph.var("shift", Nd4j.zeros(DataType.FLOAT, 2, 2));
        SDVariable after = graph.var("after", Nd4j.ones(DataType.FLOAT, 2, 12));
        SDVariable seen = GlimpseSensor.in(images.mul(gain), locations.add(shift), 2, 3, 2, -0.25)
                .rename("glimpses");
        seen.mul(after).sum("loss");
        graph.setLossVariables("loss");
        return graph;
    }

    private static Map<String, INDArray> inputs() {
        return Map.of(
                "images", Nd4j.arange(1, 41).castTo(DataType.FLOAT).reshape(2, 4, 5, 1),
                "locations", Nd4j.createFromArray(new float[][] {{0, 0}, {0.7f, -1}}));
    }

    private static GlimpseSensor sensor(int size, int scales, int factor) {
        GlimpseSensor sensor = new GlimpseSensor();
        sensor.addIArgument(size, scales, factor);
        sensor.addTArgument(0);
        return sensor;
    }

    private static OpContext context(INDArray images, INDArray locations) {
        OpContext context = Nd4j.getExecutioner().buildContext();
        context.setInputArray(0, images);
        context.setInputArray(1, locations);
        return context;
    }

    private static long[] shape(String sizes) {
        return Arrays.stream(sizes.split(" ")).mapToLong(Long::parseLong).toArray();
    }
}
