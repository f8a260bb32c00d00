/**
 * The contract between families of models and the rest of the program.
 *
 * <p>{@link io.github.ram.model.ModelSpec} describes a model and creates its parameters, graphs, classifiers and
 * learnings. Each family is one package with one implementation, such as {@link io.github.ram.model.ram}. The trainer,
 * the checkpoint and the service use this package only.
 */
package io.github.ram.model;
