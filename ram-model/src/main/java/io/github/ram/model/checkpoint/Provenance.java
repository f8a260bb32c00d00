package io.github.ram.model.checkpoint;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * The origin of a model.
 *
 * @param dataset data set of the training, or null if unknown
 * @param command command that trained the model
 * @param epoch passes over the training images before these weights, or null if unknown
 * @param validationErrorPercent validation error of the weights, or null if unknown; training chose the weights by it
 * @param gitCommit commit of the program, or null for a build outside a repository
 * @param temperature T, which divided the logits after the training; null for a model that was not calibrated
 */
public record Provenance(
        String dataset,
        String command,
        Integer epoch,
        Double validationErrorPercent,
        String gitCommit,
        @JsonInclude(JsonInclude.Include.NON_NULL) Double temperature) {

    /** The origin of a model that is as it was trained. */
    public Provenance(String dataset, String command, Integer epoch, Double validationErrorPercent, String gitCommit) {
        this(dataset, command, epoch, validationErrorPercent, gitCommit, null);
    }

    /** The same after another division of the logits. */
    Provenance divided(double divisor) {
        return new Provenance(
                dataset,
                command,
                epoch,
                validationErrorPercent,
                gitCommit,
                temperature == null ? divisor : temperature * divisor);
    }
}
