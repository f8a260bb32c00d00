package io.github.ram.model.ram.rollout;

import io.github.ram.model.dense.RowKernels;
import io.github.ram.model.dense.RowLayer;

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
                RowKernels.layer(weights.what(), true),
                RowKernels.layer(weights.where(), true),
                RowKernels.layer(weights.glimpse(), true),
                RowKernels.layer(weights.core(), false),
                RowKernels.layer(weights.locator(), true),
                RowKernels.layer(weights.mean(), false),
                RowKernels.layer(weights.action(), false));
    }
}
