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
                "mnist        MNIST, 28×28: 0.56 % test error (56 of 10,000), one greedy rollout of 6 glimpses, chosen on"
                        + " 6,000 validation images",
                console.out().get(0));
        assertTrue(console.out().get(1).contains(" bytes, train --threads 1 "));
    }

    @Test
    void jsonHasEveryField() {
        JsonNode first = JsonMapper.shared()
                .readTree(Console.run("models", "--json").out().get(0))
                .get("models")
                .get(0);

        assertEquals("mnist", first.get("name").asString());
        assertEquals("MNIST, 28×28", first.get("task").asString());
        assertEquals(56, first.get("errors").intValue());
        assertEquals(10_000, first.get("total").intValue());
        assertEquals(0.56, first.get("errorPercent").doubleValue());
        assertEquals("2026-11-25", first.get("date").asString());
        assertEquals("02ae634c0b36", first.get("version").asString());
        assertTrue(first.get("size").intValue() > 900_000);
        assertTrue(first.get("command").asString().startsWith("train "));
    }
}
