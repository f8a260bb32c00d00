package io.github.ram.model.ram.network;

import io.github.ram.model.ram.LearningGraph;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The baseline, a linear estimate of the reward: bₜ = w_b·hₜ + c.
 *
 * @param fc w_b, c: [core, 1]
 */
public record BaselineNetwork(Layer fc) {

    static BaselineNetwork of(RamConfig config) {
        return new BaselineNetwork(new Layer("baseliner.fc", config.hidden().core(), 1));
    }

    /**
     * @param state hₜ [N, core], which must block gradients: see {@link LearningGraph}
     * @return [N, 1]
     */
    public SDVariable apply(SDVariable state) {
        return fc.apply(state);
    }
}
