package io.github.ram.helm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Calls programs. The tests of the images use this class too. */
public final class Command {

    private Command() {}

    /**
     * How a program ended.
     *
     * @param status its exit status
     * @param output what it printed, with its errors
     */
    public record Outcome(int status, String output) {}

    /** Returns what the program prints; a failure is an error. */
    public static String run(Path directory, List<String> words) {
        return run(directory, Map.of(), words);
    }

    /** Returns what the program prints; a failure is an error. */
    public static String run(Path directory, Map<String, String> environment, List<String> words) {
        Outcome outcome = call(directory, environment, words);
        if (outcome.status() != 0) {
            throw new AssertionError(
                    "%s ends with %d:%n%s".formatted(String.join(" ", words), outcome.status(), outcome.output()));
        }
        return outcome.output();
    }

    /** Returns the words of both lists. */
    public static List<String> with(List<String> words, String... more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return all;
    }

    /** Returns whether the program exists and succeeds. */
    public static boolean succeeds(Path directory, List<String> words) {
        try {
            return call(directory, Map.of(), words).status() == 0;
        } catch (UncheckedIOException e) {
            return false; // There is no such program.
        }
    }

    /** Returns how the program ended. */
    public static Outcome call(Path directory, Map<String, String> environment, List<String> words) {
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
