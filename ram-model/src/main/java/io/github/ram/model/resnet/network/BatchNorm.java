package io.github.ram.model.resnet.network;

/**
 * Batch normalisation: y = γ·(x − μ)/√(σ² + ε) + β, for each channel or each position of an image apart.
 *
 * <p>In training μ and σ² are those of the batch, over everything else: batch and positions, or batch and channels. In
 * evaluation they are the running statistics, which training moves towards those of its batches.
 *
 * <p>Its parameters are {@code NAME.weight} γ and {@code NAME.bias} β, its statistics {@code NAME.running_mean} and
 * {@code NAME.running_var}, each [features].
 *
 * @param name such as {@code bn1}
 * @param features channels, or positions
 * @param over what has statistics apart
 */
public record BatchNorm(String name, int features, Over over) {

    /** ε, which is added to σ². */
    public static final double EPSILON = 1e-5;

    /** The weight of a batch in the running statistics: running ← 0.9·running + 0.1·batch. */
    public static final double MOMENTUM = 0.1;

    /** What has statistics apart. */
    public enum Over {
        CHANNELS,
        POSITIONS
    }

    static BatchNorm ofChannels(String name, int channels) {
        return new BatchNorm(name, channels, Over.CHANNELS);
    }

    static BatchNorm ofPositions(String name, int positions) {
        return new BatchNorm(name, positions, Over.POSITIONS);
    }

    /**
     * Returns γ/√(σ² + ε), each [features].
     *
     * @param variance σ², of gamma's length
     */
    public static float[] scale(float[] gamma, float[] variance) {
        float[] scale = new float[gamma.length];
        for (int f = 0; f < scale.length; f++) {
            scale[f] = (float) (gamma[f] / Math.sqrt(variance[f] + EPSILON));
        }
        return scale;
    }

    /** Name of γ [features]. */
    public String weight() {
        return name + ".weight";
    }

    /** Name of β [features]. */
    public String bias() {
        return name + ".bias";
    }

    /** Name of the running mean [features]. */
    public String runningMean() {
        return name + ".running_mean";
    }

    /** Name of the running variance [features]. */
    public String runningVariance() {
        return name + ".running_var";
    }
}
