/**
 * The engines that run rollouts. {@link io.github.ram.model.ram.engine.RolloutEngine} is the only interface for
 * rollouts: training, evaluation, the command line and the service use it.
 */
package io.github.ram.model.ram.engine;
