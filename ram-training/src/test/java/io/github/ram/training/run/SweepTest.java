package io.github.ram.training.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SweepTest {

    @Test
    void everyValueMeetsEveryOther() {
        Sweep sweep = Sweep.of(List.of("glimpses=2,4", "--std=0.1,0.2"), "7");

        assertEquals(
                List.of(
                        Map.of("glimpses", "2", "std", "0.1"),
                        Map.of("glimpses", "2", "std", "0.2"),
                        Map.of("glimpses", "4", "std", "0.1"),
                        Map.of("glimpses", "4", "std", "0.2")),
                sweep.settings());
        assertEquals(List.of(7L), sweep.seeds());
    }

    @Test
    void nothingVariedIsOneSetting() {
        assertEquals(List.of(Map.of()), Sweep.of(List.of(), "1").settings());
    }

    @Test
    void valuesWithCommasAreSeparatedBySemicolons() {
        assertEquals(
                List.of(Map.of("start", "0,0"), Map.of("start", "learned")),
                Sweep.of(List.of("start=0,0;learned"), "1").settings());
    }

    @Test
    void seedsAreAListOrARange() {
        assertEquals(List.of(3L, 1L, 2L), Sweep.of(List.of(), "3,1,2,1").seeds());
        assertEquals(List.of(1L, 2L, 3L), Sweep.of(List.of(), "1-3").seeds());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "3-1", "1,,2", "-1", "1-2-3"})
    void whatAreNoSeedsIsRefused(String seeds) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> Sweep.of(List.of(), seeds));
        assertEquals("--seeds must be N,N… or FIRST-LAST, got " + seeds, refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"glimpses", "=2", "glimpses="})
    void whatVariesNothingIsRefused(String option) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> Sweep.of(List.of(option), "1"));
        assertEquals("--vary must be NAME=VALUE,VALUE…, got " + option, refusal.getMessage());
    }

    @Test
    void aFolderIsNamedAfterWhatTellsItsRunFromOthers() {
        Path runs = Path.of("runs");
        assertEquals(runs.resolve("seed=1"), Sweep.folder(runs, Map.of(), 1));
        assertEquals(runs.resolve("start=0,0_seed=2"), Sweep.folder(runs, Map.of("start", "0,0"), 2));
        assertEquals(runs.resolve("data=..-x_seed=2"), Sweep.folder(runs, Map.of("data", "../x"), 2));
    }

    @Test
    void theTableHasMeanAndWorstOfTheSeedsOfEachSetting() {
        Map<String, String> two = Map.of("glimpses", "2");
        Map<String, String> four = Map.of("glimpses", "4");
        SweepResults results = new SweepResults(List.of(
                new SweepResults.Run(two, 1, 9, 4.0, 5.0, null),
                new SweepResults.Run(two, 2, 8, 2.0, 3.5, null),
                new SweepResults.Run(four, 1, 7, 1.25, null, null),
                new SweepResults.Run(four, 2, null, null, null, "training diverged")));

        assertEquals(
                List.of(
                        "| glimpses | runs | validation error % | test error % |",
                        "| --- | --- | --- | --- |",
                        "| 2 | 2 | 3.00 (4.00) | 4.25 (5.00) |",
                        "| 4 | 1 | 1.25 (1.25) | – |",
                        "",
                        "failed: {glimpses=4} seed 2: training diverged"),
                results.table().lines().toList());
    }
}
