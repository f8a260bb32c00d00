package io.github.ram.model.ram;

import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The baseline, a linear estimate of the reward to come: bₜ = w_b·hₜ + c.
 *
 * @param fc w_b, c: [core, 1]
 */
public record BaselineNetwork(Layer fc) {

    static BaselineNetwork of(RamConfig config) {
        return new BaselineNetwork(new Layer("baseliner.fc", config.hidden().core(), 1));
    }

    /**
     * @param state hₜ [N, core], through which no gradient must pass back: see {@link LearningGraph}
     * @return [N, 1]
     */
    SDVariable apply(SDVariable state) {
        return fc.apply(state);
    }
}
