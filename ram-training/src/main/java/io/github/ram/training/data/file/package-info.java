/**
 * Data sets in files: MNIST's layout, CIFAR's layout, and folders of images; and where the files are published.
 */
package io.github.ram.training.data.file;
