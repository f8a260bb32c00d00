package io.github.ram.model.ram.engine;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses how {@link RowLayer}s compute, once for the process: by the Vector API where the module
 * {@code jdk.incubator.vector} is there ({@code java --add-modules jdk.incubator.vector}), else by {@link PlainRows}.
 *
 * <p>The class that needs the module is compiled apart from the others and named in a string, so that this one works
 * without the module.
 */
final class RowKernels {

    private static final Logger LOG = LoggerFactory.getLogger(RowKernels.class);
    private static final String MODULE = "jdk.incubator.vector";
    private static final String VECTOR_ROWS = "io.github.ram.model.ram.engine.VectorRows";

    /** Outputs are computed in multiples of that many, the columns of a panel of the widest vectors. */
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
                            type.getDeclaredConstructor(Dense.class));
                }
            } catch (ReflectiveOperationException | LinkageError e) {
                LOG.warn("The Vector API cannot be used, plain Java computes instead: cause={}", e.toString());
            }
        }
        LOG.info("Kernels chosen: rows=\"{}\"", kernels.name);
        return kernels;
    }

    /** The kernels of this process, for people. */
    static String name() {
        return CHOSEN.name;
    }

    /** Whether the Vector API computes. */
    static boolean areVectors() {
        return CHOSEN.vectorRows != null;
    }

    /** A layer with the weights as they are now. */
    static RowLayer layer(Dense layer) {
        if (CHOSEN.vectorRows == null) {
            return new PlainRows(layer);
        }
        try {
            return CHOSEN.vectorRows.newInstance(layer);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot pack the weights for the Vector API", e);
        }
    }

    /** The length that a row of outputs needs for a layer of so many. */
    static int padded(int outputs) {
        return (outputs + UNIT - 1) / UNIT * UNIT;
    }
}
