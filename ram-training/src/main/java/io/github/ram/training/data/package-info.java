/**
 * Labelled images to train and measure on: read from IDX files, downloaded where they are published, or drawn.
 *
 * <p>{@link io.github.ram.training.data.DataSource} is the way in: it names the data sets and loads them as
 * {@link io.github.ram.training.data.Splits} of {@link io.github.ram.training.data.Dataset}.
 */
package io.github.ram.training.data;
