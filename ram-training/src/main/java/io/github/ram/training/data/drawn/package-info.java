/**
 * Data sets that this program draws: digits of strokes, coloured shapes, and scenes of MNIST's digits.
 */
package io.github.ram.training.data.drawn;
