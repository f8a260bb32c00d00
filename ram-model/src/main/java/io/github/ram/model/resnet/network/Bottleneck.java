package io.github.ram.model.resnet.network;

/**
 * y = relu(attention(BN₃(W₃ * relu(BN₂(W₂ * relu(BN₁(W₁ * x)))))) + shortcut(x)): a 1×1 convolution to the planes, a
 * 3×3 one with the stride, and a 1×1 one to four times the planes.
 */
record Bottleneck(Residual r) implements Block {

    /** Channels of the result for each plane. */
    static final int EXPANSION = 4;

    @Override
    public <T> T apply(Operations<T> f, T x) {
        T y = f.convolution(x, r.convolution(1, r.in(), r.planes(), 1, 1));
        y = f.normaliseAndRelu(y, r.norm(1, r.planes()));
        y = f.convolution(y, r.convolution(2, r.planes(), r.planes(), 3, r.stride()));
        y = f.normaliseAndRelu(y, r.norm(2, r.planes()));
        y = f.convolution(y, r.convolution(3, r.planes(), r.out(), 1, 1));
        y = f.normalise(y, r.norm(3, r.out()));
        return r.close(f, y, x);
    }
}
