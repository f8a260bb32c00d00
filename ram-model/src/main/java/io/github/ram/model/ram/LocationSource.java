package io.github.ram.model.ram;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The source of a model's locations. */
public enum LocationSource {
    /** The location network. */
    @JsonProperty("policy")
    POLICY,

    /**
     * Uniform random locations, the control for the policy: the difference in test error measures the policy's
     * benefit.
     */
    @JsonProperty("random")
    RANDOM
}
