package io.github.ram.model.ram.engine;

/** The layers of {@link DenseWeights} as a {@link RowRollout} uses them. */
record RowWeights(
        RowLayer what,
        RowLayer where,
        RowLayer glimpse,
        RowLayer core,
        RowLayer locator,
        RowLayer mean,
        RowLayer action) {

    /** @param weights for glimpses from which the padding has been subtracted, see {@link DenseWeights#from} */
    static RowWeights of(DenseWeights weights) {
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
