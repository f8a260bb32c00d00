/**
 * A training run's folder: checkpoints, metrics, events and the report. {@link io.github.ram.training.run.TrainingRun}
 * starts, saves and resumes a run; {@link io.github.ram.training.run.TrainingSession} trains it with its data and its
 * records. {@link io.github.ram.training.run.Sweep} lists runs that differ in their settings and seeds.
 */
package io.github.ram.training.run;
