package io.github.ram.model.ram.network;

import java.util.List;

/**
 * The five networks of a model. This is the only definition of the layers for the graphs, the weights and the
 * checkpoint.
 */
public record Networks(
        GlimpseNetwork glimpse,
        CoreNetwork core,
        LocationNetwork location,
        BaselineNetwork baseline,
        ActionNetwork action) {

    /** Returns the networks of a model. */
    public static Networks of(RamConfig config) {
        return new Networks(
                GlimpseNetwork.of(config),
                CoreNetwork.of(config),
                LocationNetwork.of(config),
                BaselineNetwork.of(config),
                ActionNetwork.of(config));
    }

    List<Layer> layers() {
        return List.of(
                glimpse.fc1(),
                glimpse.fc2(),
                glimpse.fc3(),
                glimpse.fc4(),
                core.input(),
                core.recurrent(),
                location.fc(),
                location.mean(),
                baseline.fc(),
                action.fc());
    }

    /**
     * Returns the bound of a layer's initial weights, which are uniform in (−bound, bound): see
     * {@link Weights#initial}.
     */
    double initialBound(Layer layer) {
        return 1 / Math.sqrt(fan(layer));
    }

    /** Returns a layer's initial bias [out]. */
    float[] initialBias(Layer layer) {
        return layer.equals(core.input()) ? core.initialBias() : new float[layer.out()];
    }

    private int fan(Layer layer) {
        if (layer.equals(glimpse.fc3()) || layer.equals(glimpse.fc4())) {
            return glimpse.fc3().in() + glimpse.fc4().in();
        }
        if (layer.equals(core.input()) || layer.equals(core.recurrent())) {
            return core.input().in() + core.recurrent().in();
        }
        return layer.in();
    }
}
