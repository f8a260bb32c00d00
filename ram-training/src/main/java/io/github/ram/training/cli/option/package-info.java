/**
 * The options that several commands share, and the values that the commands make from them.
 */
package io.github.ram.training.cli.option;
