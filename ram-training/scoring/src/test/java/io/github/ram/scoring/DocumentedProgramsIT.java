package io.github.ram.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of the document, with {@code ram-scoring-spark.jar} and the programs of a Spark distribution. */
class DocumentedProgramsIT {

    private static final Path ROOT = Path.of("..", "..");
    private static final String JAR = "ram-training/target/ram-scoring-spark.jar";

    @TempDir
    Path directory;

    private static String example(String language) throws IOException {
        Matcher block = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(ROOT.resolve("docs/scoring.md")));
        assertTrue(block.find(), language);
        return block.group(1);
    }

    private void assertFindsTheSeven(String... command) throws Exception {
        Path printed = directory.resolve("printed.txt");
        Process process = SparkDistribution.required().start(printed, command);
        process.getOutputStream().close(); // the shell ends with its input
        int exit = process.waitFor();
        String text = Files.readString(printed);
        assertEquals(0, exit, text);
        assertTrue(Pattern.compile("\\| *7\\| *0\\.9999").matcher(text).find(), text);
    }

    @Test
    void javaScoresADataset() throws Exception {
        SparkDistribution.required();
        Path source = Files.writeString(directory.resolve("Score.java"), example("java"));
        assertEquals(
                0,
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-proc:none",
                                "-cp",
                                System.getProperty("java.class.path"),
                                source.toString()));
        Path program = directory.resolve("program.jar");
        try (var jar = new java.util.jar.JarOutputStream(Files.newOutputStream(program))) {
            jar.putNextEntry(new java.util.jar.JarEntry("Score.class"));
            jar.write(Files.readAllBytes(directory.resolve("Score.class")));
        }

        assertFindsTheSeven(
                "spark-submit", "--master", "local[1]", "--jars", JAR, "--class", "Score", program.toString());
    }

    @Test
    void scalaScoresADataset() throws Exception {
        Path script = Files.writeString(directory.resolve("score.scala"), example("scala") + "sys.exit(0)\n");

        assertFindsTheSeven("spark-shell", "--master", "local[1]", "--jars", JAR, "-I", script.toString());
    }

    @Test
    void pythonScoresWithTheFunctionOfSql() throws Exception {
        Path script = Files.writeString(directory.resolve("score.py"), example("python"));

        assertFindsTheSeven("spark-submit", "--master", "local[1]", "--jars", JAR, script.toString());
    }

    @Test
    void theJarHasNothingThatSparkHas() throws IOException {
        try (JarFile jar = new JarFile(ROOT.resolve(JAR).toFile())) {
            List<String> names = jar.stream().map(entry -> entry.getName()).toList();
            assertTrue(names.contains("io/github/ram/scoring/Main.class"));
            assertTrue(names.contains("io/github/ram/shaded/flatbuffers/Table.class"));
            for (String library : List.of(
                    "org/apache/",
                    "scala/",
                    "org/slf4j/",
                    "com/fasterxml/",
                    "com/google/flatbuffers/",
                    "com/google/common/",
                    "io/netty/")) {
                assertFalse(
                        names.stream().anyMatch(name -> name.startsWith(library) && name.endsWith(".class")), library);
            }
        }
    }
}
