package io.github.ram.training.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program on a machine where no native library can be unpacked. */
class NativeLibrariesTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"onnxruntime", "samediff"})
    void theFailureIsOneLineThatNamesTheFolders(String engine) throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "not a folder");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.io.tmpdir=" + file,
                        "-Duser.home=" + file,
                        "-Dorg.bytedeco.javacpp.cachedir=" + file.resolve("cache"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "predict",
                        "--engine",
                        engine,
                        Path.of("../docs/seven.png").toString())
                .redirectErrorStream(true)
                .start();

        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();

        assertEquals(1, process.waitFor(), lines.toString());
        List<String> errors =
                lines.stream().filter(line -> line.startsWith("error: ")).toList();
        assertEquals(1, errors.size(), lines.toString());
        assertTrue(errors.get(0).startsWith("error: a native library cannot be loaded: "), errors.get(0));
        assertTrue(lines.stream().noneMatch(line -> line.startsWith("\tat ")), lines.toString());
    }
}
