package io.github.ram.model.resnet;

import io.github.ram.model.Check;
import io.github.ram.model.Objective;

/**
 * What training minimises: cross-entropy + sparsity · (Σ|γ| + Σ|λ|) over the scales of all attention.
 *
 * @param labelSmoothing share of the wanted probability that is spread over all classes, in [0, 1)
 * @param sparsity weight of the scales, in [0, 1]
 * @param attentionGradient whether the weights w = |γ| / Σ|γ| of attention pass a gradient to γ
 */
public record ResNetObjective(double labelSmoothing, double sparsity, boolean attentionGradient) implements Objective {

    /** Cross-entropy alone. */
    public static final ResNetObjective PLAIN = new ResNetObjective(0, 0, true);

    public ResNetObjective {
        Check.inRange("labelSmoothing", 0.0, Math.nextDown(1.0), labelSmoothing);
        Check.inRange("sparsity", 0.0, 1.0, sparsity);
    }

    @Override
    public String family() {
        return ResNetSpec.FAMILY;
    }
}
