package io.github.ram.model.ram;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What decides where a model looks. */
public enum LocationSource {
    /** The location network. */
    @JsonProperty("policy")
    POLICY,

    /** Chance: every location is equally likely. The difference in error is what the policy is worth. */
    @JsonProperty("random")
    RANDOM
}
