package io.github.ram.training.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The commands in the documents: the command line accepts every option that they use. */
class DocumentedCommandsTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(?:\\w+)?\n(.*?)^```$");
    private static final Pattern COMMAND = Pattern.compile(
            "(?:java -jar ram-training/target/ram-training\\.jar )?((?:train|sweep|evaluate|predict"
                    + "|import|export|report|calibrate|average|benchmark|benchmark-training|describe|models) --?.*|predict .*)");

    @TestFactory
    Stream<DynamicTest> theCommandLineAcceptsEveryDocumentedOption() throws IOException {
        return commands().stream().map(command -> DynamicTest.dynamicTest(command, () -> parse(command.split(" "))));
    }

    @TestFactory
    Stream<DynamicTest> theCommandLineAcceptsEveryRecipe() throws IOException {
        List<Path> recipes;
        try (Stream<Path> files = Files.list(Path.of("recipes"))) {
            recipes = files.sorted().toList();
        }
        assertEquals(7, recipes.size());
        return recipes.stream()
                .map(recipe -> DynamicTest.dynamicTest(recipe.toString(), () -> {
                    parse("@" + recipe, "--out", "DIR");
                    parse("@" + recipe, "--out", "DIR", "--data", "OTHER");
                }));
    }

    @Test
    void theCommandLineRejectsAnOptionThatDoesNotExist() {
        assertThrows(ParameterException.class, () -> parse("sweep", "--out", "a", "--", "--no-such-option"));
    }

    @Test
    void theDocumentsHaveCommandsOfEveryKind() throws IOException {
        List<String> commands = commands();

        for (String kind : List.of("train ", "sweep ", "evaluate ", "predict ", "benchmark-training ")) {
            assertTrue(commands.stream().anyMatch(command -> command.startsWith(kind)), kind);
        }
    }

    /** Parses a command, and the options of each training behind a sweep's {@code --}. */
    private static void parse(String... words) {
        new CommandLine(Main.class).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(words);
        int divider = List.of(words).indexOf("--");
        if (divider >= 0) {
            List<String> training = new ArrayList<>(List.of("train", "--out", "DIR"));
            training.addAll(List.of(words).subList(divider + 1, words.length));
            parse(training.toArray(String[]::new));
        }
    }

    private static List<String> commands() throws IOException {
        List<String> commands = new ArrayList<>();
        for (String document : List.of("README.md", "docs/training.md", "docs/results.md", "CONTRIBUTING.md")) {
            BLOCK.matcher(Files.readString(ROOT.resolve(document)))
                    .results()
                    .flatMap(block -> block.group(1).replaceAll("\\\\\n *", "").lines())
                    .map(COMMAND::matcher)
                    .filter(Matcher::matches)
                    .forEach(command -> commands.add(command.group(1)));
        }
        return commands;
    }
}
