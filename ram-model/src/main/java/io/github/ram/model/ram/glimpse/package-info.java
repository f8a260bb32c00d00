/** The glimpse sensor ρ(x, l) as a SameDiff operation. */
package io.github.ram.model.ram.glimpse;
