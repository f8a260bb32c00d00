/**
 * Trains, evaluates and converts Recurrent Attention Models: the commands of {@code ram-training.jar}.
 *
 * <p>{@link io.github.ram.training.loop.Trainer} is the training loop; {@link io.github.ram.training.loop.Learner}
 * is one step of it.
 */
package io.github.ram.training;
