package io.github.ram.model.resnet.network;

/**
 * The first layers, which turn the channels of an image into the planes of the first stage.
 *
 * <ul>
 *   <li>{@code SMALL}: relu(BN(W₃ₓ₃ * x)), for images of up to about 64 pixels a side.
 *   <li>{@code LARGE}: maxpool₃ₓ₃(relu(BN(W₇ₓ₇ * x))), both of stride 2: a quarter of the rows and columns are left.
 * </ul>
 */
public enum Stem {
    SMALL,
    LARGE;

    /** The convolution, of the given numbers of channels. */
    Convolution convolution(int in, int out) {
        return switch (this) {
            case SMALL -> Convolution.of("conv1", in, out, 3, 1);
            case LARGE -> Convolution.of("conv1", in, out, 7, 2);
        };
    }

    /**
     * The whole stem.
     *
     * @param x [B, in, H, W]
     * @return [B, out, H, W], of a large stem [B, out, ⌈H/4⌉, ⌈W/4⌉]
     */
    <T> T apply(Operations<T> f, T x, int in, int out) {
        T y = f.normaliseAndRelu(f.convolution(x, convolution(in, out)), BatchNorm.ofChannels("bn1", out));
        return this == LARGE ? f.maxPool(y, 3, 2, 1) : y;
    }
}
