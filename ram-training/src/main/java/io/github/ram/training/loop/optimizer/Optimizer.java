package io.github.ram.training.loop.optimizer;

import io.github.ram.model.Parameter;
import io.github.ram.model.ParameterGroup;
import io.github.ram.model.Parameters;
import io.github.ram.model.graph.Floats;
import io.github.ram.training.TrainingException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Changes trainable parameters in place by their gradients. A rule gives the change of one array; the state is the
 * number of steps and the rule's moments.
 */
public final class Optimizer {

    private final Parameters parameters;
    private final Map<String, ParameterGroup> groups = new HashMap<>();
    private final double weightDecay;
    private final UpdateRule rule;
    private final List<Map<String, float[]>> moments = new ArrayList<>();
    private final Map<String, float[]> values = new LinkedHashMap<>(); // room for the parameters
    private int steps;

    /**
     * Makes an optimizer of a model's trained parameters.
     *
     * @param parameters arrays, which {@link #step} changes in place
     * @param groups every trained parameter in one group, with its learning rate and decay
     */
    public Optimizer(OptimizerConfig config, Parameters parameters, List<ParameterGroup> groups) {
        this.parameters = parameters;
        this.weightDecay = config.weightDecay();
        this.rule = config.kind() == OptimizerConfig.Kind.ADAM ? new Adam() : new Sgd(config.momentum());
        groups.forEach(group -> group.parameters().forEach(name -> this.groups.put(name, group)));
        for (int i = 0; i < rule.moments(); i++) {
            moments.add(new LinkedHashMap<>());
        }
        for (Parameter parameter : parameters.list()) {
            if (parameter.trainable()) {
                values.put(parameter.name(), new float[parameter.size()]);
                moments.forEach(moment -> moment.put(parameter.name(), new float[parameter.size()]));
            }
        }
    }

    /** The change of one array in one step. */
    interface UpdateRule {

        /** Number of moments that the rule keeps of every parameter. */
        int moments();

        /**
         * Changes an array.
         *
         * @param w the parameter, changed in place
         * @param g its gradient
         * @param moments changed in place, each of the parameter's size
         * @param step from 1
         */
        void update(float[] w, float[] g, float[][] moments, double learningRate, int step);
    }

    /**
     * Takes a step.
     *
     * @param gradients of every trainable parameter by name, row-major; changed where weight decay applies
     */
    public void step(Map<String, float[]> gradients, double learningRate) {
        steps++;
        values.forEach((name, w) -> {
            ParameterGroup group = groups.get(name);
            float[] g = gradients.get(name);
            Floats.read(parameters.arrays().get(name)).get(w);
            if (weightDecay > 0 && group.decayed()) {
                decay(g, w, (float) weightDecay);
            }
            float[][] own = moments.stream().map(moment -> moment.get(name)).toArray(float[][]::new);
            rule.update(w, g, own, learningRate * group.rate(), steps);
            Floats.write(parameters.arrays().get(name), buffer -> buffer.put(w));
        });
    }

    private static void decay(float[] g, float[] w, float weightDecay) {
        for (int i = 0; i < g.length; i++) {
            g[i] += weightDecay * w[i];
        }
    }

    /** Steps taken so far. */
    public int steps() {
        return steps;
    }

    /** The state: the number of steps, then each moment of every parameter, little-endian. */
    public byte[] state() {
        ByteBuffer bytes =
                ByteBuffer.allocate(size()).order(ByteOrder.LITTLE_ENDIAN).putInt(steps);
        moments.forEach(moment -> moment.values().forEach(array -> {
            bytes.asFloatBuffer().put(array);
            bytes.position(bytes.position() + Float.BYTES * array.length);
        }));
        return bytes.array();
    }

    /**
     * Resumes from a state.
     *
     * @throws TrainingException if the state does not fit the parameters
     */
    public void restore(byte[] state) {
        if (state.length != size()) {
            throw new TrainingException(String.format(
                    Locale.ROOT, "the optimizer's state has %d bytes, this model needs %d", state.length, size()));
        }
        ByteBuffer bytes = ByteBuffer.wrap(state).order(ByteOrder.LITTLE_ENDIAN);
        steps = bytes.getInt();
        moments.forEach(moment -> moment.values().forEach(array -> {
            bytes.asFloatBuffer().get(array);
            bytes.position(bytes.position() + Float.BYTES * array.length);
        }));
    }

    private int size() {
        return Math.toIntExact(Integer.BYTES + rule.moments() * Float.BYTES * parameters.trainable());
    }
}
