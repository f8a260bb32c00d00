/** Fully connected layers for several rows, with the Vector API or in plain Java. */
package io.github.ram.model.dense;
