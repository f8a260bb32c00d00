/**
 * The data sets that a user can name. {@link io.github.ram.training.data.source.DataSource} loads each, and {@link
 * io.github.ram.training.data.source.DatasetDownload} fetches the files of those that are published.
 */
package io.github.ram.training.data.source;
