package io.github.ram.training.cli.option;

import java.util.function.Supplier;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** Prints a result as text for people, or as JSON for programs. */
public final class JsonOption {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @Option(names = "--json", description = "Print the result as one JSON object, on the last line.")
    private boolean json;

    /** Prints a result on standard output. */
    public void print(Object result, Supplier<String> words) {
        String text = json ? MAPPER.writeValueAsString(result) : words.get();
        if (!text.isEmpty()) {
            System.out.println(text);
        }
    }
}
