package io.github.ram.model.checkpoint;

/**
 * The origin of a model.
 *
 * @param dataset data set of the training, or null if unknown
 * @param command command that trained the model
 * @param epoch passes over the training images before these weights, or null if unknown
 * @param validationErrorPercent validation error of the weights, or null if unknown; training chose the weights by it
 * @param gitCommit commit of the program, or null for a build outside a repository
 */
public record Provenance(
        String dataset, String command, Integer epoch, Double validationErrorPercent, String gitCommit) {}
