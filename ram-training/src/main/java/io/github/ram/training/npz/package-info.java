/** NumPy's archives of arrays, in which weights are exchanged with other programs. */
package io.github.ram.training.npz;
