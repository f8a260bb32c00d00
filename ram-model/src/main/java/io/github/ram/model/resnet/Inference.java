package io.github.ram.model.resnet;

import io.github.ram.model.resnet.network.Layout;

/** Runs a residual network on batches of images, for one thread at a time. */
interface Inference extends AutoCloseable {

    /** Name of the engine. */
    String name();

    /**
     * Computes the class probabilities of images, and their attention maps if wanted.
     *
     * @param images normalised [n, H, W, C]; the array may be longer
     * @param maps whether the maps are wanted
     */
    Result run(float[] images, int n, boolean maps);

    /** The same for another thread, over the same weights. */
    Inference fork();

    @Override
    void close();

    /**
     * What a network makes of n images.
     *
     * @param probabilities [n, classes]
     * @param maps each [n, height, width], in the order of {@link Layout#attention}; none unless wanted
     */
    record Result(float[] probabilities, float[][] maps) {}
}
