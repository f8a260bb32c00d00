package io.github.ram.scoring;

import java.io.PrintStream;
import java.util.Locale;
import org.apache.spark.Success$;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.StageInfo;

/**
 * Prints how far a score is: one line that is overwritten on a terminal, elsewhere a line every {@value #SECONDS}
 * seconds. The numbers change when a task ends.
 */
final class Progress extends SparkListener {

    private static final int SECONDS = 30;

    private final PrintStream out;
    private final boolean terminal;
    private final long begin = System.nanoTime();
    private long printed = begin;
    private int tasks;
    private int done;
    private long rows;

    /** @param terminal whether a carriage return overwrites the line */
    Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public synchronized void onJobStart(SparkListenerJobStart job) {
        scala.collection.Iterator<StageInfo> stages = job.stageInfos().iterator();
        while (stages.hasNext()) {
            tasks += stages.next().numTasks();
        }
    }

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd task) {
        if (!(task.reason() instanceof Success$)) {
            return;
        }
        done++;
        rows += task.taskMetrics().outputMetrics().recordsWritten();
        long now = System.nanoTime();
        if (terminal || now - printed >= SECONDS * 1_000_000_000L) {
            printed = now;
            String line = String.format(
                    Locale.ROOT,
                    "%,d pictures, %,.0f/s, %d of %d tasks",
                    rows,
                    rows / ((now - begin) / 1e9),
                    done,
                    tasks);
            out.print(terminal ? "\r" + line : line + System.lineSeparator());
            out.flush();
        }
    }

    /** Ends the line on a terminal. */
    synchronized void end() {
        if (terminal && done > 0) {
            out.println();
        }
    }
}
