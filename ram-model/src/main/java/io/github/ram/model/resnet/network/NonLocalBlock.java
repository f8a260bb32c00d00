package io.github.ram.model.resnet.network;

import io.github.ram.model.resnet.network.NonLocal.Affinity;
import io.github.ram.model.resnet.network.NonLocal.Kind;

/**
 * z = BN(W * y) + x with y = f(x)·g(x): see {@link NonLocal}. γ of the batch normalisation starts at 0, so the block
 * starts as the identity.
 *
 * @param name such as {@code layer3.nonlocal}
 * @param config f
 */
record NonLocalBlock(String name, NonLocal config) implements Block {

    @Override
    public <T> T apply(Operations<T> f, T x) {
        int channels = f.shape(x)[0];
        int inner = config.inner(channels);
        T theta = config.kind() == Kind.GAUSSIAN ? x : project(f, x, "theta", channels, inner);
        T phi = config.kind() == Kind.GAUSSIAN ? x : project(f, x, "phi", channels, inner);
        T g = project(f, x, "g", channels, inner); // [B, C', H, W]
        if (config.subSampled()) {
            phi = f.maxPool(phi, 2, 2, 0);
            g = f.maxPool(g, 2, 2, 0);
        }
        T y = config.affinity() == Affinity.CHANNELS
                ? overChannels(f, f.rows(theta), f.rows(phi), f.rows(g), f.shape(x)[1])
                : overPositions(f, theta, phi, g);
        T z = f.convolution(f.image(y, x), Convolution.projection(name + ".W", inner, channels)); // [B, C, H, W]
        return f.sum(f.normalise(z, BatchNorm.ofChannels(name + ".bn", channels)), x);
    }

    private <T> T project(Operations<T> f, T x, String layer, int channels, int inner) {
        return f.convolution(x, Convolution.projection(name + "." + layer, channels, inner));
    }

    /** Feature maps of N, M and M positions to rows [B, C', N]. */
    private <T> T overPositions(Operations<T> f, T thetaMap, T phiMap, T gMap) {
        T theta = f.rows(thetaMap); // [B, C', N]
        T phi = f.rows(phiMap); // [B, C', M]
        T g = f.rows(gMap); // [B, C', M]
        double n = f.shape(g)[1];
        T logits = config.kind() == Kind.CONCATENATION
                ? f.pairs(theta, phi, name + ".v.weight")
                : f.product(f.transposed(theta), phi); // [B, N, M]
        T affinity = config.isSoftmax()
                ? f.softmax(config.scaledLogits() ? f.scaled(logits, 1 / Math.sqrt(f.shape(theta)[0])) : logits)
                : f.scaled(logits, 1 / n);
        f.attention(name, affinity, phiMap);
        return f.transposed(f.product(affinity, f.transposed(g)));
    }

    /** Rows [B, C', N] each to [B, C', N]. */
    private <T> T overChannels(Operations<T> f, T theta, T phi, T g, int height) {
        T logits = f.product(theta, f.transposed(phi)); // [B, C', C']
        T affinity = config.isSoftmax()
                ? f.softmax(config.scaledLogits() ? f.scaled(logits, 1 / Math.sqrt(f.shape(theta)[1])) : logits)
                : f.scaled(logits, 1.0 / height);
        return f.product(affinity, g);
    }
}
