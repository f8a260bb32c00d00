package io.github.ram.model.resnet.network;

/**
 * Attention at the end of each block's residual branch (NAM, arXiv 2111.12419): x is weighted by how much its own batch
 * normalisation makes of it. Where both kinds are used, the channels come first.
 *
 * <ul>
 *   <li>Channels: y = sigmoid(w ⊙ BN(x)) ⊙ x, w_c = |γ_c| / Σ|γ|.
 *   <li>Positions: the same with a batch normalisation of each position over the channels and the batch.
 * </ul>
 */
public enum Attention {
    NONE(false, false),
    NAM(true, false),
    NAM_PIXEL(false, true),
    NAM_BOTH(true, true);

    private final boolean channels;
    private final boolean positions;

    Attention(boolean channels, boolean positions) {
        this.channels = channels;
        this.positions = positions;
    }

    /** Returns w = |γ| / Σ|γ|, whose sum is 1. */
    public static float[] weights(float[] gamma) {
        double sum = 0;
        for (float g : gamma) {
            sum += Math.abs(g);
        }
        float[] weights = new float[gamma.length];
        for (int f = 0; f < gamma.length; f++) {
            weights[f] = (float) (Math.abs(gamma[f]) / sum);
        }
        return weights;
    }

    /**
     * Adds the attention of a block.
     *
     * @param x the residual branch [B, C, H, W]
     * @param block the block's name
     * @return [B, C, H, W]
     */
    <T> T apply(Operations<T> f, T x, String block) {
        int[] shape = f.shape(x);
        T y = x;
        if (channels) {
            y = f.attend(y, BatchNorm.ofChannels(block + ".nam.Channel_Att.bn2", shape[0]));
        }
        if (positions) {
            y = f.attend(y, BatchNorm.ofPositions(block + ".nam.Spatial_Att.bn2", shape[1] * shape[2]));
        }
        return y;
    }
}
