package io.github.ram.service.model;

import io.github.ram.model.ImageShape;
import io.github.ram.model.Normalisation;
import io.github.ram.model.Prediction;
import io.github.ram.model.ram.RamSpec;
import io.github.ram.model.ram.StartLocation;
import io.github.ram.model.ram.engine.RolloutEngine;
import io.github.ram.model.ram.network.GlimpseConfig;
import io.github.ram.model.ram.network.HiddenSizes;
import io.github.ram.model.ram.network.Location;
import io.github.ram.model.ram.network.RamConfig;
import io.github.ram.model.ram.rollout.RolloutBatch;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

/**
 * An engine whose answers identify the image: an image of two pixels a, b is of class a, with a
 * probability of (b + 1) / 256.
 */
final class PixelEngine implements RolloutEngine {

    private static final RamConfig CONFIG = new RamConfig(
            new ImageShape(1, 2, 1),
            new GlimpseConfig(1, 1, 1, 1),
            RamConfig.Core.RELU,
            new HiddenSizes(1, 1, 1, 1, 1),
            0.1,
            256);

    static final RamSpec MODEL = RamSpec.of(
            CONFIG,
            Normalisation.of(0, 1, 0),
            StartLocation.fixed(Location.CENTRE),
            IntStream.range(0, 256).mapToObj(Integer::toString).toList());

    /** A run takes one permit, if there are any to be had: see {@link #hold}. */
    private final Semaphore permits = new Semaphore(1_000_000_000);

    /** The class of every image that was run, batch by batch. */
    final Queue<List<Integer>> runs = new ConcurrentLinkedQueue<>();

    int exactSize = Integer.MAX_VALUE;

    volatile RuntimeException failure;

    static byte[] image(int a, int b) {
        return new byte[] {(byte) a, (byte) b};
    }

    static boolean isOf(Prediction prediction, byte[] image) {
        return prediction.classIndex() == (image[0] & 0xff)
                && Math.abs(prediction.confidence() - ((image[1] & 0xff) + 1) / 256f) < 1e-6;
    }

    /** Lets no run end until {@link #release}. */
    void hold() {
        permits.drainPermits();
    }

    /** Lets so many more runs end. */
    void release(int more) {
        permits.release(more);
    }

    @Override
    public String name() {
        return "pixels";
    }

    @Override
    public RamConfig config() {
        return CONFIG;
    }

    @Override
    public int exactSize() {
        return exactSize;
    }

    @Override
    public void run(RolloutBatch batch) {
        runs.add(IntStream.range(0, batch.size())
                .mapToObj(b -> Math.round(255 * batch.images()[2 * b]))
                .toList());
        permits.acquireUninterruptibly();
        if (failure != null) {
            throw failure;
        }
        for (int b = 0; b < batch.size(); b++) {
            for (int c = 0; c < 256; c++) {
                batch.probabilities()[256 * b + c] = 0;
            }
            int label = Math.round(255 * batch.images()[2 * b]);
            batch.probabilities()[256 * b + label] = (255 * batch.images()[2 * b + 1] + 1) / 256;
        }
    }

    @Override
    public RolloutEngine fork() {
        return this;
    }

    @Override
    public void close() {
        // nothing to release
    }
}
