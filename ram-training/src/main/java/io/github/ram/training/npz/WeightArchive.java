package io.github.ram.training.npz;

import io.github.ram.model.ModelSpec;
import io.github.ram.model.Parameter;
import io.github.ram.model.Parameters;
import io.github.ram.model.graph.Floats;
import io.github.ram.training.TrainingException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The weights of a model in a NumPy archive, one array a parameter.
 *
 * <p>An {@link ArrayLayout} gives the arrays' names and the order of the axes of dense weights. PyTorch's counters of
 * batches, {@code .num_batches_tracked}, are ignored.
 */
public final class WeightArchive {

    /** Names that a message lists. */
    private static final int LISTED = 20;

    private final Path file;
    private final ArrayLayout layout;
    private final String hint;
    private final Map<String, Npz.Array> arrays;

    private WeightArchive(Path file, ArrayLayout layout, String hint, Map<String, Npz.Array> arrays) {
        this.file = file;
        this.layout = layout;
        this.hint = hint;
        this.arrays = arrays;
    }

    /**
     * Reads an archive.
     *
     * @param hint options to check if the arrays do not fit the model
     * @throws TrainingException if the file is no archive of float arrays
     */
    public static WeightArchive read(Path file, ArrayLayout layout, String hint) {
        return new WeightArchive(file, layout, hint, Npz.read(file, name -> !name.endsWith(".num_batches_tracked")));
    }

    /**
     * Writes a model's parameters.
     *
     * @return the number of arrays
     * @throws TrainingException if the file cannot be written
     */
    public static int write(Path file, ArrayLayout layout, ModelSpec model, Parameters parameters) {
        Map<String, Npz.Array> arrays = new LinkedHashMap<>();
        for (Parameter parameter : parameters.list()) {
            float[] values = new float[parameter.size()];
            Floats.read(parameters.arrays().get(parameter.name())).get(values);
            int[] own = shape(parameter);
            int[] shape = shape(parameter, layout, model);
            boolean turned = own.length == 2 && isTurned(layout, model);
            arrays.put(
                    layout.name(parameter),
                    new Npz.Array(shape, turned ? Npz.transposed(values, own[0], own[1]) : values));
        }
        Npz.write(file, arrays);
        return arrays.size();
    }

    /** Whether the archive has an array of a name. */
    public boolean has(String name) {
        return arrays.containsKey(name);
    }

    /**
     * Returns an array.
     *
     * @throws TrainingException if the archive has none of the name
     */
    public Npz.Array array(String name) {
        return Optional.ofNullable(arrays.get(name)).orElseThrow(() -> missing(name));
    }

    /**
     * Returns the number of a layer's outputs: the length of its bias, in either layout.
     *
     * @throws TrainingException if the archive has no such bias, or an empty one
     */
    public int outputs(String layer) {
        int length = array(layer + ".bias").values().length;
        if (length == 0) {
            throw new TrainingException(String.format(Locale.ROOT, "%s: array %s.bias is empty", file, layer));
        }
        return length;
    }

    /**
     * Returns the parameters of a model.
     *
     * @throws TrainingException if an array is missing, has another shape, is not finite or has no place in the model
     */
    public Parameters parameters(ModelSpec model) {
        Map<String, Parameter> wanted = new LinkedHashMap<>();
        model.parameters().forEach(parameter -> wanted.put(layout.name(parameter), parameter));
        for (String name : wanted.keySet()) {
            if (!has(name)) {
                throw missing(name);
            }
        }
        List<String> others = arrays.keySet().stream()
                .filter(name -> !wanted.containsKey(name))
                .toList();
        if (!others.isEmpty()) {
            throw new TrainingException(String.format(
                    Locale.ROOT,
                    "%s holds arrays that the model does not have: %s; leave them out, or check --layout, %s",
                    file,
                    list(others),
                    hint));
        }
        return Parameters.of(model.parameters(), parameter -> values(parameter, model));
    }

    private float[] values(Parameter parameter, ModelSpec model) {
        String name = layout.name(parameter);
        Npz.Array array = arrays.get(name);
        int[] shape = shape(parameter, layout, model);
        boolean isRow = shape.length == 1 && Arrays.equals(new int[] {1, shape[0]}, array.shape());
        if (!isRow && !Arrays.equals(shape, array.shape())) {
            throw new TrainingException(String.format(
                    Locale.ROOT,
                    "%s: array %s must have shape %s in layout %s, got %s; check --layout, %s",
                    file,
                    name,
                    Arrays.toString(shape),
                    layout,
                    Arrays.toString(array.shape()),
                    hint));
        }
        for (float value : array.values()) {
            if (!Float.isFinite(value)) {
                throw new TrainingException(String.format(
                        Locale.ROOT, "%s: array %s holds %s, but weights must be finite", file, name, value));
            }
        }
        return shape.length == 2 && isTurned(layout, model)
                ? Npz.transposed(array.values(), shape[0], shape[1])
                : array.values();
    }

    private static boolean isTurned(ArrayLayout layout, ModelSpec model) {
        return layout.outputsFirst() != model.outputsFirst();
    }

    /** The shape of a parameter's array in an archive. */
    private static int[] shape(Parameter parameter, ArrayLayout layout, ModelSpec model) {
        int[] shape = shape(parameter);
        return shape.length == 2 && isTurned(layout, model) ? new int[] {shape[1], shape[0]} : shape;
    }

    /** The shape in the model's own order. A bias is a vector, also where the model keeps it as a row. */
    private static int[] shape(Parameter parameter) {
        return parameter.name().endsWith(".bias")
                ? new int[] {parameter.size()}
                : parameter.shape().stream().mapToInt(Integer::intValue).toArray();
    }

    private TrainingException missing(String name) {
        return new TrainingException(String.format(
                Locale.ROOT,
                "%s holds no array %s; it holds %s; check --layout, %s",
                file,
                name,
                list(List.copyOf(arrays.keySet())),
                hint));
    }

    private static String list(List<String> names) {
        String listed = String.join(", ", names.subList(0, Math.min(LISTED, names.size())));
        return names.isEmpty()
                ? "none"
                : names.size() <= LISTED
                        ? listed
                        : listed + String.format(Locale.ROOT, " and %d more", names.size() - LISTED);
    }
}
