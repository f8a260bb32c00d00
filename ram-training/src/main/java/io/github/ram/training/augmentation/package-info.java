/**
 * Random changes of training images. {@link io.github.ram.training.augmentation.Augmentation} holds their ranges, and
 * {@link io.github.ram.training.augmentation.Variation} draws a change and applies it to an image.
 */
package io.github.ram.training.augmentation;
