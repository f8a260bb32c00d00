package io.github.ram.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.service.fixture.TestService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The examples of the README and of the guide for clients, unchanged but for the port. */
class DocumentedExamplesTest {

    private static final Path ROOT = Path.of("..");
    private static final String README = "README.md";
    private static final String GUIDE = "docs/using-the-service.md";

    private static TestService service;

    @TempDir
    Path directory;

    @BeforeAll
    static void start(@TempDir Path directory) {
        service = TestService.start(Checkpoint.bundled(), directory);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {README, GUIDE})
    void curlGetsTheAnswerThatTheReadmeShows(String document) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "there is no curl on this machine");

        JsonNode answer = run(
                "sh", "-c", example(document, "\n(curl -H [^\n]*predictions)\n").replace("curl ", "curl -sS "));

        String shown = example(README, "```json\n(\\{\n.*?\n\\})\n```");
        // The last digits depend on the processor's kernels.
        assertThat(shown).contains("\"class\": " + answer.get("class"));
        assertThat(number(shown, "confidence", 0))
                .isCloseTo(answer.get("confidence").asDouble(), within(1e-4));
        for (int i = 0; i < 2; i++) {
            JsonNode glimpse = answer.get("glimpses").get(i);
            assertThat(number(shown, "x", i)).isCloseTo(glimpse.get("x").asDouble(), within(1e-3));
            assertThat(number(shown, "y", i)).isCloseTo(glimpse.get("y").asDouble(), within(1e-3));
            assertThat(shown.replace(" ", ""))
                    .contains("\"box\":" + glimpse.get("box").toString());
        }
        assertThat(shown).contains(answer.get("model").get("version").toString());
    }

    @Test
    void javaGetsAnAnswer() throws Exception {
        Path source = Files.writeString(directory.resolve("Ask.java"), example(GUIDE, "```java\n(.*?)```"));

        JsonNode answer =
                run(Path.of(System.getProperty("java.home"), "bin", "java").toString(), source.toString());

        assertThat(answer.get("class").asInt()).isEqualTo(7);
    }

    @Test
    void pythonGetsAnAnswer() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "there is no Python on this machine");
        Path source = Files.writeString(
                directory.resolve("ask.py"),
                example(GUIDE, "```python\n(.*?)```")
                        .replace("print(json.load(response))", "print(json.dumps(json.load(response)))"));

        assertThat(run("/usr/bin/python3", source.toString()).get("class").asInt())
                .isEqualTo(7);
    }

    /** The i-th value of a name in an answer that is shown. */
    private static double number(String shown, String name, int i) {
        Matcher matcher =
                Pattern.compile("\"%s\": (-?[0-9.E-]+)".formatted(name)).matcher(shown);
        for (int skipped = 0; skipped <= i; skipped++) {
            assertThat(matcher.find()).as("the example shows %s", name).isTrue();
        }
        return Double.parseDouble(matcher.group(1));
    }

    private static String example(String document, String pattern) throws IOException {
        Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(Files.readString(ROOT.resolve(document)));
        assertThat(matcher.find())
                .as("%s has an example of the form %s", document, pattern)
                .isTrue();
        return matcher.group(1).replace("localhost:8080", "localhost:" + service.port());
    }

    private static JsonNode run(String... command) throws Exception {
        Process process = new ProcessBuilder(List.of(command))
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return JsonMapper.shared().readTree(output);
    }
}
