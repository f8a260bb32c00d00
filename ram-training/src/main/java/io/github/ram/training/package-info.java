/**
 * Trains, evaluates and converts models: the program {@code ram-training.jar}.
 *
 * <p>The package {@code cli} holds the commands, {@code loop} the training loop, {@code run} the files of a run, {@code
 * data} the data sets, {@code augmentation} random changes of images, {@code report} charts and pictures, and {@code npz}
 * NumPy's files. Read {@link io.github.ram.training.loop.Trainer} first.
 */
package io.github.ram.training;
