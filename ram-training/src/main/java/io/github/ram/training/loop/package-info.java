/**
 * The training loop, which works with every family of models. {@link io.github.ram.training.loop.Trainer} trains epoch
 * after epoch, {@link io.github.ram.training.loop.Learner} does one step, and {@link
 * io.github.ram.training.loop.Evaluator} counts errors. {@link io.github.ram.training.loop.TrainingConfig} holds all
 * settings.
 */
package io.github.ram.training.loop;
