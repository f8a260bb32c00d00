/** The glimpse sensor ρ(x, l) as an operation of SameDiff. */
package io.github.ram.model.ram.glimpse;
