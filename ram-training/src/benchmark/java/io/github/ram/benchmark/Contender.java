package io.github.ram.benchmark;

import io.github.ram.model.checkpoint.Checkpoint;

/** Something that runs greedy rollouts of a model, on as many threads as like to call it. */
interface Contender extends AutoCloseable {

    /** A batch of images, and where its results go; for one thread. */
    interface Batch extends AutoCloseable {

        /** Runs the rollouts of the whole batch. */
        void run() throws Exception;

        /** Class probabilities of the last run [n, classes]. */
        float[] probabilities();

        @Override
        void close();
    }

    /**
     * Gets ready for a batch.
     *
     * @param pixels of n images [n, H, W, C], unsigned bytes
     */
    Batch batch(byte[] pixels, int n) throws Exception;

    @Override
    void close();

    /**
     * The contender of a name: an engine's own; {@code session}, the graph in SameDiff's session; {@code onnxruntime}
     * or {@code libtorch}, which run the exported ONNX graph. These two spread each run over two threads if
     * {@code -2} is appended.
     */
    static Contender named(String name, Checkpoint model) throws Exception {
        int threads = name.endsWith("-2") ? 2 : 1;
        return switch (name.replace("-2", "")) {
            case "session" -> new SameDiffSession(model);
            case "onnxruntime" -> new OnnxRuntime(model, threads);
            case "libtorch" -> new LibTorch(model, threads);
            default -> new OwnEngine(model, name);
        };
    }
}
