package io.github.ram.scoring;

import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/** The end of the Spark task that this thread runs. */
final class TaskEnd {

    private TaskEnd() {}

    /** Closes a scorer when the task ends, in whichever way. Outside a task the scorer stays open. */
    static void close(Scorer scorer) {
        TaskContext task = TaskContext.get();
        if (task != null) {
            task.addTaskCompletionListener((TaskCompletionListener) ended -> scorer.close());
        }
    }
}
