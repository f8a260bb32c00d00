/**
 * Rollouts, run fast: {@link io.github.ram.model.ram.engine.RolloutEngine} is the one seam between a model
 * and whoever uses it. Training, evaluation, the command line and the service all go through it.
 */
package io.github.ram.model.ram.engine;
