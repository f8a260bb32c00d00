package io.github.ram.training.run;

import java.util.concurrent.CountDownLatch;

/**
 * Makes of SIGINT and SIGTERM a request to stop at the next chance. The process goes down when this is closed, with the
 * exit code that the Java platform gives it: 130 or 143.
 */
public final class StopSignal implements AutoCloseable {

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::holdOn, "stop");
    private volatile boolean requested;

    private StopSignal() {}

    /** From now on. */
    public static StopSignal listen() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    /** Whether one came. */
    public boolean isRequested() {
        return requested;
    }

    /** The platform ends the process when its hooks have run: so this one runs until the work is in safety. */
    private void holdOn() {
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
            // the process is going down, and the hook is what it waited for
        }
    }
}
