package io.github.ram.model.ram.network;

import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The action network, which classifies: logits W_c h_T + b_c, whose softmax is p.
 *
 * @param fc W_c, b_c: [core, classes]
 */
public record ActionNetwork(Layer fc) {

    static ActionNetwork of(RamConfig config) {
        return new ActionNetwork(new Layer("classifier.fc", config.hidden().core(), config.classes()));
    }

    /**
     * @param state h_T [B, core]
     * @return logits [B, classes]
     */
    public SDVariable apply(SDVariable state) {
        return fc.apply(state);
    }
}
