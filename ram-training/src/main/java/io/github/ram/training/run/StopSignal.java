package io.github.ram.training.run;

import java.util.concurrent.CountDownLatch;

/**
 * Turns SIGINT and SIGTERM into a request to stop after the current step. The process exits when this object is closed,
 * with the exit code of the Java platform: 130 or 143.
 */
public final class StopSignal implements AutoCloseable {

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::awaitClose, "stop");
    private volatile boolean requested;

    private StopSignal() {}

    /** Starts to listen for signals. */
    public static StopSignal listen() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    /** Whether a signal has arrived. */
    public boolean isRequested() {
        return requested;
    }

    /** Keeps the process alive until the run is saved: the platform exits when all hooks have returned. */
    private void awaitClose() {
        requested = true;
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is exiting, and waited for this hook
        }
    }
}
