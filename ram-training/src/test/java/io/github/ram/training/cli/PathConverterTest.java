package io.github.ram.training.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import picocli.CommandLine.TypeConversionException;

class PathConverterTest {

    private final PathConverter converter = new PathConverter();

    @Test
    void aLeadingTildeIsTheHomeDirectory() {
        Path home = Path.of(System.getProperty("user.home"));

        assertEquals(home.resolve("digits"), converter.convert("~/digits"));
        assertEquals(home, converter.convert("~"));
        assertEquals(Path.of("a~/b"), converter.convert("a~/b"));
        assertEquals(Path.of("~other"), converter.convert("~other"));
    }

    @Test
    void aPathThatTheLocaleLacksIsRejected() {
        assertEquals(
                "'d\ufffd' has characters that the locale does not have: set LC_ALL=C.UTF-8",
                assertThrows(TypeConversionException.class, () -> converter.convert("d\ufffd"))
                        .getMessage());
    }

    @Test
    void anEmptyOptionIsAnErrorOfTheArguments() {
        Console console = Console.run("train", "--dataset", "strokes", "--out", "");

        assertEquals(2, console.exit());
        assertEquals(
                List.of("error: Invalid value for option '--out': the path is empty; see ram-training train --help"),
                console.err());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void outputThatCannotBeWrittenIsAFailure() throws Exception {
        try (FileOutputStream full = new FileOutputStream("/dev/full")) {
            System.setOut(new PrintStream(full, true));

            assertEquals(1, Main.run("models"));
        } finally {
            System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true));
        }
    }
}
