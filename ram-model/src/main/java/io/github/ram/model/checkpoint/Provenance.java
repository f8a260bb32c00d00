package io.github.ram.model.checkpoint;

/**
 * Where a model came from.
 *
 * @param dataset data set it was trained on, or null if unknown
 * @param command the command that made it
 * @param epoch passes over the training images after which these weights stood, or null if unknown
 * @param validationErrorPercent its error on the validation images, by which it was chosen, or null
 * @param gitCommit the program's commit, or null if it was built outside a repository
 */
public record Provenance(
        String dataset, String command, Integer epoch, Double validationErrorPercent, String gitCommit) {}
