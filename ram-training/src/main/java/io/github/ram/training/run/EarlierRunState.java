package io.github.ram.training.run;

import io.github.ram.model.ram.LocationSource;
import io.github.ram.training.loop.optimizer.OptimizerConfig;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Converts run states of releases that knew only the Recurrent Attention Model. Their optimisation held the policy's
 * settings, limits of gradients and a choice of schedules.
 */
final class EarlierRunState {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private EarlierRunState() {}

    /**
     * Converts a state to the current form; returns a current state unchanged.
     *
     * @throws IllegalArgumentException if the run uses an option that has been removed
     */
    static JsonNode upgraded(JsonNode state) {
        JsonNode optimisation = state.path("config").path("optimisation");
        JsonNode policy = optimisation.path("policy");
        if (!policy.isObject()) {
            return state;
        }
        requireUnused("--clip", optimisation.path("clip").asDouble(0) != 0);
        requireUnused("--policy-clip", policy.path("clip").asDouble(0) != 0);
        ObjectNode config = (ObjectNode) state.path("config");
        ObjectNode schedule = (ObjectNode) config.path("schedule");
        requireUnused("--schedule", !"COSINE".equals(schedule.path("decay").asString("")));
        if ("RANDOM".equals(policy.path("gaze").asString(""))) {
            ((ObjectNode) config.path("model")).set("locations", JSON.valueToTree(LocationSource.RANDOM));
        }
        ObjectNode next = JSON.createObjectNode();
        for (String kept : List.of("batchSize", "threads", "averaging")) {
            next.set(kept, optimisation.path(kept));
        }
        ObjectNode objective = next.putObject("objective");
        objective.set("rollouts", policy.path("rollouts"));
        objective.set("stepWeight", optimisation.path("stepWeight"));
        objective.set("policyRate", policy.path("rate"));
        next.set("optimizer", JSON.valueToTree(OptimizerConfig.ADAM));
        config.set("optimisation", next);
        schedule.remove("plateau");
        schedule.putObject("decay").put("factor", 1.0).putArray("milestones");
        schedule.put("warmup", 0.0);
        return state;
    }

    private static void requireUnused(String option, boolean used) {
        if (used) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "it uses %s, which this release does not have; resume it with the release that started it",
                    option));
        }
    }
}
