package io.github.ram.model.resnet.network;

/**
 * What the two kinds of residual block share.
 *
 * @param name such as {@code layer1.0}
 * @param in channels of x
 * @param planes channels of the branch
 * @param out channels of the result
 * @param stride of the block
 * @param attention at the end of the branch
 */
record Residual(String name, int in, int planes, int out, int stride, Attention attention) {

    Convolution convolution(int number, int in, int out, int kernel, int stride) {
        return Convolution.of(name + ".conv" + number, in, out, kernel, stride);
    }

    BatchNorm norm(int number, int channels) {
        return BatchNorm.ofChannels(name + ".bn" + number, channels);
    }

    /** x where the shape stays, BN(W₁ₓ₁ * x) where the block changes it. */
    <T> T shortcut(Operations<T> f, T x) {
        if (stride == 1 && in == out) {
            return x;
        }
        T projected = f.convolution(x, Convolution.of(name + ".downsample.0", in, out, 1, stride));
        return f.normalise(projected, BatchNorm.ofChannels(name + ".downsample.1", out));
    }

    /** relu(attention(branch) + shortcut(x)). */
    <T> T close(Operations<T> f, T branch, T x) {
        return f.sumAndRelu(attention.apply(f, branch, name), shortcut(f, x));
    }
}
