package io.github.ram.scoring;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Spark's own programs, from PySpark's package in the virtual environment that {@code RAM_SPARK} names. */
final class SparkDistribution {

    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();

    private final Path environment;
    private final Path home;

    private SparkDistribution(Path environment, Path home) {
        this.environment = environment;
        this.home = home;
    }

    /** Returns the distribution. Without one, Maven skips the test and names the reason. */
    static SparkDistribution required() throws IOException {
        String environment = System.getenv("RAM_SPARK");
        assumeTrue(environment != null, "RAM_SPARK names no virtual environment with pyspark");
        try (Stream<Path> versions = Files.list(Path.of(environment, "lib"))) {
            Path home = versions.map(version -> version.resolve("site-packages/pyspark"))
                    .filter(Files::isDirectory)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(environment + " has no pyspark"));
            return new SparkDistribution(Path.of(environment), home);
        }
    }

    /**
     * Starts a program of Spark at the root of the repository.
     *
     * @param printed receives standard output and standard error
     * @param command the program's name in Spark's folder {@code bin}, and its arguments
     */
    Process start(Path printed, String... command) throws IOException {
        List<String> words = new ArrayList<>(List.of(command));
        words.set(0, home.resolve("bin").resolve(command[0]).toString());
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        builder.environment().put("SPARK_HOME", home.toString());
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment()
                .put("PYSPARK_PYTHON", environment.resolve("bin/python").toString());
        return builder.start();
    }
}
