package io.github.ram.training.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ModelsCommandTest {

    @Test
    void theModelsAreListedForPeople() {
        Console console = Console.run("models");

        assertEquals(List.of(), console.err());
        assertEquals(
                "mnist        MNIST, 28×28: 0.51 % test error (51 of 10,000), one greedy rollout of 6 glimpses, the mean of"
                        + " two models chosen on 6,000 validation images",
                console.out().get(0));
        assertTrue(console.out().get(1).contains(" bytes, average of train --threads 1 "));
    }

    @Test
    void jsonHasEveryField() {
        JsonNode first = JsonMapper.shared()
                .readTree(Console.run("models", "--json").out().get(0))
                .get("models")
                .get(0);

        assertEquals("mnist", first.get("name").asString());
        assertEquals("MNIST, 28×28", first.get("task").asString());
        assertEquals(51, first.get("errors").intValue());
        assertEquals(10_000, first.get("total").intValue());
        assertEquals(0.51, first.get("errorPercent").doubleValue());
        assertEquals("2026-11-30", first.get("date").asString());
        assertEquals("cd76717f86b6", first.get("version").asString());
        assertTrue(first.get("size").intValue() > 900_000);
        assertTrue(first.get("command").asString().startsWith("average of train "));
    }
}
