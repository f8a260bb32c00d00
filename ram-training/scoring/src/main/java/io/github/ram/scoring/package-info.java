/**
 * Scores pictures in bulk on Apache Spark.
 *
 * <p>{@link io.github.ram.scoring.RamScoring} is the part for other programs: it adds predictions to a dataset, and is a
 * function in SQL. {@link io.github.ram.scoring.Main} is the command: it reads pictures, scores them and writes a table.
 * {@code ram-scoring.jar} holds Spark; {@code ram-scoring-spark.jar} is for a cluster, which provides Spark.
 */
package io.github.ram.scoring;
