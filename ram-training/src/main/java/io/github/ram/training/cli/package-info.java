/**
 * The commands of {@code ram-training.jar}. {@link io.github.ram.training.cli.Main} lists them; each command has a class.
 * A command parses its options, calls the other packages and prints the result.
 */
package io.github.ram.training.cli;
