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
 * The glimpse sensor ρ(x, l) as one node of a SameDiff graph. It cuts K square patches centred on l, with sides of
 * g·s^k pixels. Averaging reduces each patch to g×g. The output concatenates the patches from the finest to the
 * coarsest.
 *
 * <p>Inputs: images [B, H, W, C] and locations [B, 2] (x, y), both float32. Output: glimpses [B, K·g·g·C], float32,
 * where patch k has the elements ((k·g + row)·g + column)·C + channel. A patch starts at column floor(0.5·(x + 1)·W)
 * − floor(g·s^k / 2), and likewise for rows. Pixels outside the image have the value {@code padding}.
 *
 * <p>Integer arguments: g, K, s. Floating-point argument: the padding. The graph's file includes the arguments.
 *
 * <p>The gradient is zero for both inputs. For locations zero is exact almost everywhere, because patches start at
 * whole pixels; REINFORCE trains the policy instead. For images zero is a choice, because no trained layer precedes
 * the sensor.
 */
public final class GlimpseSensor extends JavaOperation {

    /** The operation's name in a graph. */
    public static final String NAME = "glimpse_sensor";

    static {
        register(new GlimpseSensor());
    }

    /** Called by SameDiff, which sets the arguments when it loads a graph. */
    public GlimpseSensor() {}

    private GlimpseSensor(
            SDVariable images, SDVariable locations, int patchSize, int scales, int scaleFactor, double padding) {
        super(images, locations);
        addIArgument(patchSize, scales, scaleFactor);
        addTArgument(padding);
    }

    /**
     * Registers the operation, so that SameDiff can load and run its graphs. Callers must register before they load
     * or create such a graph, because SameDiff creates the session with the first variable.
     */
    public static void register() {
        // The static initialiser does the work once. Each thread waits for that initialisation.
    }

    /**
     * Adds a sensor to the graph of its inputs.
     *
     * @param images [B, H, W, C]
     * @param locations [B, 2]
     * @param patchSize g
     * @param scales K
     * @param scaleFactor s
     * @param padding value outside the image, in the images' units
     * @return glimpses [B, K·g·g·C]
     */
    public static SDVariable in(
            SDVariable images, SDVariable locations, int patchSize, int scales, int scaleFactor, double padding) {
        return new GlimpseSensor(images, locations, patchSize, scales, scaleFactor, padding).outputVariable();
    }

    /**
     * Computes the output of a context from its inputs. On a CPU {@link HostSensor} copies pixels in host memory; on
     * a GPU {@link DeviceSensor} runs operations on the device.
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
            // isView() is not used: it is true for reshaped arrays and false for some arrays with other strides.
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
