package io.github.ram.training.loop;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar of images, shown on a terminal and nowhere else. */
public final class StepBar implements AutoCloseable {

    private final ProgressBar bar;

    private StepBar(ProgressBar bar) {
        this.bar = bar;
    }

    static StepBar of(String task, long images) {
        if (System.console() == null) {
            return new StepBar(null);
        }
        return new StepBar(new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(images)
                .setUnit(" images", 1)
                .showSpeed()
                .setStyle(ProgressBarStyle.ASCII)
                .clearDisplayOnFinish()
                .build());
    }

    void advance(int images) {
        if (bar != null) {
            bar.stepBy(images);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
