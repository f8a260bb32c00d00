package io.github.ram.training.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Runs that differ only in their settings and seeds.
 *
 * @param settings of each run: a value of every varied option, by the name without the dashes
 * @param seeds of the runs of each setting
 */
public record Sweep(List<Map<String, String>> settings, List<Long> seeds) {

    /**
     * Returns every combination of values.
     *
     * @param varied options as NAME=VALUE,VALUE…, or with semicolons between values that have commas
     * @param seeds as N,N… or FIRST-LAST
     * @throws IllegalArgumentException if an argument does not have that form
     */
    public static Sweep of(List<String> varied, String seeds) {
        List<Map<String, String>> settings = List.of(Map.of());
        for (String option : varied) {
            String[] parts = option.replaceFirst("^--", "").split("=", 2);
            if (parts.length < 2 || parts[0].isBlank() || parts[1].isBlank()) {
                throw new IllegalArgumentException("--vary must be NAME=VALUE,VALUE…, got " + option);
            }
            List<Map<String, String>> extended = new ArrayList<>();
            for (Map<String, String> setting : settings) {
                for (String value : parts[1].split(parts[1].contains(";") ? ";" : ",")) {
                    Map<String, String> next = new LinkedHashMap<>(setting);
                    next.put(parts[0], value.trim());
                    extended.add(next);
                }
            }
            settings = extended;
        }
        return new Sweep(settings, seeds(seeds));
    }

    private static List<Long> seeds(String seeds) {
        if (seeds.matches("\\d{1,9}-\\d{1,9}")) {
            String[] ends = seeds.split("-");
            List<Long> range = LongStream.rangeClosed(Long.parseLong(ends[0]), Long.parseLong(ends[1]))
                    .boxed()
                    .toList();
            if (!range.isEmpty()) {
                return range;
            }
        } else if (seeds.matches("\\d{1,18}(,\\d{1,18})*")) {
            return List.of(seeds.split(",")).stream()
                    .map(Long::valueOf)
                    .distinct()
                    .toList();
        }
        throw new IllegalArgumentException("--seeds must be N,N… or FIRST-LAST, got " + seeds);
    }

    /** Returns the folder of a run, whose name is unique in the sweep. */
    public static Path folder(Path directory, Map<String, String> setting, long seed) {
        String name = setting.entrySet().stream()
                .map(option -> option.getKey() + "=" + option.getValue() + "_")
                .collect(Collectors.joining());
        return directory.resolve((name + "seed=" + seed).replaceAll("[^A-Za-z0-9=.,_+-]", "-"));
    }
}
