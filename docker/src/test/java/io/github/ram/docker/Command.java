package io.github.ram.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Calls programs. */
final class Command {

    private Command() {}

    /** Returns what the program prints; a failure is an error. */
    static String run(Path directory, List<String> words) {
        return run(directory, Map.of(), words);
    }

    /** Returns what the program prints; a failure is an error. */
    static String run(Path directory, Map<String, String> environment, List<String> words) {
        Outcome outcome = start(directory, environment, words);
        if (outcome.status() != 0) {
            throw new AssertionError(
                    "%s ends with %d:%n%s".formatted(String.join(" ", words), outcome.status(), outcome.output()));
        }
        return outcome.output();
    }

    /** Returns what docker prints; a failure is an error. */
    static String docker(String... arguments) {
        return run(Path.of("").toAbsolutePath(), with(List.of("docker"), arguments));
    }

    /** Returns the words of both lists. */
    static List<String> with(List<String> words, String... more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return all;
    }

    /** Returns whether the program exists and succeeds. */
    static boolean succeeds(Path directory, List<String> words) {
        try {
            return start(directory, Map.of(), words).status() == 0;
        } catch (UncheckedIOException e) {
            return false; // There is no such program.
        }
    }

    private record Outcome(int status, String output) {}

    private static Outcome start(Path directory, Map<String, String> environment, List<String> words) {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(words).directory(directory.toFile()).redirectErrorStream(true);
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
