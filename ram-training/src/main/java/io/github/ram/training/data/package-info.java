/**
 * Labelled images to train and measure on: read from IDX files, downloaded where they are published, or drawn.
 *
 * <p>{@link io.github.ram.training.data.DataSource} is the way in: it names the data sets and loads each
 * {@link io.github.ram.training.data.Split} as a {@link io.github.ram.training.data.Dataset}.
 */
package io.github.ram.training.data;
