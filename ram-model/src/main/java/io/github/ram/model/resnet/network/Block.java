package io.github.ram.model.resnet.network;

/** A part of a network that turns one feature map into another. */
interface Block {

    /**
     * Computes the block.
     *
     * @param x [B, C, H, W]
     */
    <T> T apply(Operations<T> f, T x);
}
