package io.github.ram.model.resnet.network;

/**
 * What the network is made of. The blocks are written once in these operations; an implementation makes a SameDiff
 * graph of them, an ONNX graph, or a list of the parameters and layers.
 *
 * @param <T> a value in the making; a feature map is [B, C, H, W], its rows are [B, C, N] with N = H·W
 */
public interface Operations<T> {

    /** W * x + b: [B, in, H, W] to [B, out, ⌈H/stride⌉, ⌈W/stride⌉]. */
    T convolution(T x, Convolution layer);

    /** BN(x), of x's shape. */
    T normalise(T x, BatchNorm layer);

    /** relu(BN(x)), of x's shape. */
    T normaliseAndRelu(T x, BatchNorm layer);

    /** sigmoid(w ⊙ BN(x)) ⊙ x with w = |γ| / Σ|γ|, of x's shape. */
    T attend(T x, BatchNorm layer);

    /** relu(x + y), of their common shape. */
    T sumAndRelu(T x, T y);

    /** x + y, of their common shape. */
    T sum(T x, T y);

    /** The largest value of each window: [B, C, H, W] to [B, C, H', W'], H' = ⌊(H + 2·padding − size)/stride⌋ + 1. */
    T maxPool(T x, int size, int stride, int padding);

    /** The mean over the positions: [B, C, H, W] to [B, C]. */
    T mean(T x);

    /** x·Wᵀ + b: [B, in] to [B, out]. */
    T linear(T x, Linear layer);

    /** A feature map's positions in one row: [B, C, H, W] to [B, C, N]. */
    T rows(T x);

    /** The reverse: [B, C, N] to the shape of a feature map with C channels. */
    T image(T rows, T like);

    /** [B, C, N] to [B, N, C]. */
    T transposed(T rows);

    /** The products of each image's matrices: [B, I, K] and [B, K, J] to [B, I, J]. */
    T product(T x, T y);

    /** c·x, of x's shape. */
    T scaled(T x, double c);

    /** Softmax over the last dimension, of x's shape. */
    T softmax(T x);

    /** relu(v·[x_i, y_j]): rows [B, C, N] and [B, C, M] to [B, N, M]; v is the parameter [1, 2·C, 1, 1]. */
    T pairs(T x, T y, String v);

    /**
     * Marks the affinities [B, N, M] of a non-local block, from which its attention map is made.
     *
     * @param keys the feature map whose M positions are looked at
     */
    void attention(String layer, T affinities, T keys);

    /** Channels, rows and columns of a feature map; of rows, C and N. */
    int[] shape(T x);
}
