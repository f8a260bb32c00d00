package io.github.ram.model.resnet.network;

/** y = relu(attention(BN₂(W₂ * relu(BN₁(W₁ * x)))) + shortcut(x)), both convolutions 3×3, the stride in the first. */
record BasicBlock(Residual r) implements Block {

    @Override
    public <T> T apply(Operations<T> f, T x) {
        T y = f.convolution(x, r.convolution(1, r.in(), r.planes(), 3, r.stride()));
        y = f.normaliseAndRelu(y, r.norm(1, r.planes()));
        y = f.convolution(y, r.convolution(2, r.planes(), r.out(), 3, 1));
        y = f.normalise(y, r.norm(2, r.out()));
        return r.close(f, y, x);
    }
}
