package io.github.ram.model.ram.glimpse;

import io.github.ram.model.graph.JavaOperation;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The glimpse sensor ρ(x, l), one node of a SameDiff graph: K square patches centred on l, each g·s^k
 * pixels a side, each reduced to g×g by averaging, concatenated from the finest to the coarsest.
 *
 * <p>Inputs: images [B, H, W, C] and locations [B, 2] (x, y), both float32. Output: glimpses
 * [B, K·g·g·C], float32, where element ((k·g + row)·g + column)·C + channel of a row is patch k's. A
 * patch starts at column floor(0.5·(x + 1)·W) − floor(g·s^k / 2), and likewise for rows. Outside the
 * image is background, the value {@code padding}.
 *
 * <p>Integer arguments: g, K, s. Floating argument: the padding. Both are saved with the graph.
 *
 * <p>The gradient is zero for both inputs. For the locations that is exact almost everywhere, because a
 * patch starts at a whole pixel; the policy learns by REINFORCE instead. For the images it is a
 * decision: nothing before the sensor is trained.
 */
public final class GlimpseSensor extends JavaOperation {

    /** The operation's name in a graph. */
    public static final String NAME = "glimpse_sensor";

    static {
        register(new GlimpseSensor());
    }

    /** For SameDiff, which fills in the arguments when it loads a graph. */
    public GlimpseSensor() {}

    private GlimpseSensor(
            SDVariable images, SDVariable locations, int patchSize, int scales, int scaleFactor, double padding) {
        super(images, locations);
        addIArgument(patchSize, scales, scaleFactor);
        addTArgument(padding);
    }

    /**
     * Lets SameDiff load graphs that hold the operation and run them in its own sessions. To be called
     * before such a graph is loaded or made: SameDiff makes a graph's session as soon as it is given a
     * variable.
     */
    public static void register() {
        // The work is done when the class is initialised, once and before any other thread goes on.
    }

    /**
     * Adds a sensor to the graph of its inputs.
     *
     * @param images [B, H, W, C]
     * @param locations [B, 2]
     * @param patchSize g
     * @param scales K
     * @param scaleFactor s
     * @param padding the value of what lies outside the image, in the images' units
     * @return glimpses [B, K·g·g·C]
     */
    public static SDVariable in(
            SDVariable images, SDVariable locations, int patchSize, int scales, int scaleFactor, double padding) {
        return new GlimpseSensor(images, locations, patchSize, scales, scaleFactor, padding).outputVariable();
    }

    /**
     * Runs the operation on the inputs of a context, into its output. On a CPU backend the pixels are
     * copied in host memory; elsewhere the work is done by operations of the backend, on the device.
     */
    @Override
    public void run(OpContext context) {
        INDArray images = context.getInputArray(0);
        INDArray locations = context.getInputArray(1);
        INDArray output = context.getOutputArray(0);
        Patches patches = patches();
        if (Nd4j.getEnvironment().isCPU() && isHostReadable(images, locations, output)) {
            HostSensor.run(patches, images, locations, output);
        } else {
            output.assign(DeviceSensor.run(patches, images, locations));
        }
    }

    private static boolean isHostReadable(INDArray... arrays) {
        for (INDArray array : arrays) {
            // Not isView(): that is also true of a reshaped array, and not of everything with other strides.
            if (array.offset() != 0 || !Arrays.equals(array.stride(), Nd4j.getStrides(array.shape(), 'c'))) {
                return false;
            }
        }
        return true;
    }

    private Patches patches() {
        return new Patches(
                getIArgument(0).intValue(),
                getIArgument(1).intValue(),
                getIArgument(2).intValue(),
                getTArgument(0).floatValue());
    }

    @Override
    public String opName() {
        return NAME;
    }

    @Override
    public int getNumOutputs() {
        return 1;
    }

    @Override
    protected List<long[]> outputShapes(OpContext context) {
        INDArray images = context.getInputArray(0);
        INDArray locations = context.getInputArray(1);
        if (images.rank() != 4 || images.dataType() != DataType.FLOAT) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%s: images must be FLOAT [B, H, W, C], got %s %s",
                    NAME,
                    images.dataType(),
                    images.shapeInfoToString()));
        }
        if (locations.rank() != 2
                || locations.size(0) != images.size(0)
                || locations.size(1) != 2
                || locations.dataType() != DataType.FLOAT) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%s: locations must be FLOAT [%d, 2], got %s %s",
                    NAME,
                    images.size(0),
                    locations.dataType(),
                    locations.shapeInfoToString()));
        }
        long size = (long) patches().values() * images.size(3);
        return List.of(new long[] {images.size(0), size});
    }

    @Override
    public List<SDVariable> doDiff(List<SDVariable> gradients) {
        return List.of(sameDiff.zerosLike(arg(0)), sameDiff.zerosLike(arg(1)));
    }
}
