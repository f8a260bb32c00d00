package io.github.ram.model.dense;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the kernels of {@link RowLayer}s, once for the process: the Vector API if the module
 * {@code jdk.incubator.vector} is present ({@code java --add-modules jdk.incubator.vector}), else {@link PlainRows}.
 *
 * <p>The class that needs the module is compiled apart and loaded by name, so that this class works without the module.
 */
public final class RowKernels {

    private static final Logger LOG = LoggerFactory.getLogger(RowKernels.class);
    private static final String MODULE = "jdk.incubator.vector";
    private static final String VECTOR_ROWS = "io.github.ram.model.dense.VectorRows";

    /** The outputs of a layer are padded to a multiple of this number: two vectors of the largest width. */
    private static final int UNIT = 64;

    private static final RowKernels CHOSEN = choose();

    private final String name;
    private final Constructor<? extends RowLayer> vectorRows; // null without the module

    private RowKernels(String name, Constructor<? extends RowLayer> vectorRows) {
        this.name = name;
        this.vectorRows = vectorRows;
    }

    private static RowKernels choose() {
        RowKernels kernels = new RowKernels("plain Java", null);
        if (ModuleLayer.boot().findModule(MODULE).isPresent()) {
            try {
                Class<? extends RowLayer> type = Class.forName(VECTOR_ROWS).asSubclass(RowLayer.class);
                Method isFast = type.getDeclaredMethod("isFast");
                Method bits = type.getDeclaredMethod("bits");
                if ((boolean) isFast.invoke(null)) {
                    kernels = new RowKernels(
                            String.format(Locale.ROOT, "Vector API, %d bits", (int) bits.invoke(null)),
                            type.getDeclaredConstructor(Dense.class, boolean.class));
                }
            } catch (ReflectiveOperationException | LinkageError e) {
                LOG.warn("The Vector API cannot be used, plain Java computes instead: cause={}", e.toString());
            }
        }
        LOG.info("Kernels chosen: rows=\"{}\"", kernels.name);
        return kernels;
    }

    /** Returns the name of this process's kernels, for logs and reports. */
    public static String name() {
        return CHOSEN.name;
    }

    /** Whether the kernels use the Vector API. */
    public static boolean areVectors() {
        return CHOSEN.vectorRows != null;
    }

    /**
     * Makes a layer with a copy of the weights.
     *
     * @param relu whether outputs below 0 become 0
     */
    public static RowLayer layer(Dense layer, boolean relu) {
        if (CHOSEN.vectorRows == null) {
            return new PlainRows(layer, relu);
        }
        try {
            return CHOSEN.vectorRows.newInstance(layer, relu);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot pack the weights for the Vector API", e);
        }
    }

    /** Returns the length of a row for the given number of outputs. */
    public static int padded(int outputs) {
        return (outputs + UNIT - 1) / UNIT * UNIT;
    }
}
