package io.github.ram.model.ram.rollout;

/** The layers of {@link DenseWeights} for {@link RowRollout}. */
public record RowWeights(
        RowLayer what,
        RowLayer where,
        RowLayer glimpse,
        RowLayer core,
        RowLayer locator,
        RowLayer mean,
        RowLayer action) {

    /** @param weights for glimpses less the padding, see {@link DenseWeights#from} */
    public static RowWeights of(DenseWeights weights) {
        return new RowWeights(
                RowKernels.layer(weights.what()),
                RowKernels.layer(weights.where()),
                RowKernels.layer(weights.glimpse()),
                RowKernels.layer(weights.core()),
                RowKernels.layer(weights.locator()),
                RowKernels.layer(weights.mean()),
                RowKernels.layer(weights.action()));
    }
}
