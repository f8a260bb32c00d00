/**
 * Rollouts in Java and OpenBLAS: row by row with the Vector API or plain Java, or by matrix products. {@link
 * io.github.ram.model.ram.rollout.RolloutBatch} holds the inputs and outputs of the rollouts of every engine.
 */
package io.github.ram.model.ram.rollout;
