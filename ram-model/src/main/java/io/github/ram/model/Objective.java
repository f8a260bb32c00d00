package io.github.ram.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.github.ram.model.ram.RamObjective;
import io.github.ram.model.ram.RamSpec;
import io.github.ram.model.resnet.ResNetObjective;
import io.github.ram.model.resnet.ResNetSpec;

/** The training objective of a family. The property {@code family} names the family, as in {@link ModelSpec}. */
@JsonTypeInfo(
        use = JsonTypeInfo.Id.NAME,
        include = JsonTypeInfo.As.EXISTING_PROPERTY,
        property = "family",
        defaultImpl = RamObjective.class)
@JsonSubTypes({
    @JsonSubTypes.Type(value = RamObjective.class, name = RamSpec.FAMILY),
    @JsonSubTypes.Type(value = ResNetObjective.class, name = ResNetSpec.FAMILY)
})
public interface Objective {

    /** Name of the family. */
    @JsonProperty("family")
    String family();
}
