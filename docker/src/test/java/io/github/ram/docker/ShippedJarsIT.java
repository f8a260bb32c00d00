package io.github.ram.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The bills of materials, the licences and the manifests in the shipped jars. */
class ShippedJarsIT {

    private static final String LIBRARIES = "BOOT-INF/lib/";
    private static final Pattern COORDINATES =
            Pattern.compile("pkg:maven/([^/]+)/([^@]+)@([^?]+)\\?(?:classifier=([^&]+)&)?type=jar");

    /** A component of a bill of materials; the classifier may be null. */
    private record Component(String group, String name, String version, String classifier) {

        static Component of(JsonNode node) {
            Matcher url = COORDINATES.matcher(node.get("purl").asString());
            assertThat(url.matches()).as(node.toString()).isTrue();
            return new Component(url.group(1), url.group(2), url.group(3), url.group(4));
        }

        String file() {
            return name + "-" + version + (classifier == null ? "" : "-" + classifier) + ".jar";
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ram-service/target/ram-service",
                "ram-training/target/ram-training",
                "ram-training/target/ram-scoring"
            })
    void billOfMaterialsHasExactlyTheLibrariesThatAreInTheJar(String name) throws IOException {
        try (JarFile jar = open(name)) {
            List<String> libraries = jar.stream()
                    .map(entry -> entry.getName())
                    .filter(entry -> entry.matches(LIBRARIES + ".+"))
                    .map(entry -> entry.substring(LIBRARIES.length()))
                    .filter(file -> !file.startsWith("spring-boot-jarmode-tools-")) // a tool of the image's build
                    .toList();

            assertThat(libraries).hasSizeGreaterThan(20);
            assertThat(components(jar))
                    .extracting(Component::file)
                    .filteredOn(
                            file -> !file.startsWith("spring-boot-starter-")) // empty jars, which the build leaves out
                    .containsExactlyInAnyOrderElementsOf(libraries);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ram-service/target/ram-service",
                "ram-training/target/ram-training",
                "ram-training/target/ram-scoring"
            })
    void licencesOfAllLibrariesAreListed(String name) throws IOException {
        try (JarFile jar = open(name)) {
            List<String> licences =
                    read(jar, "META-INF/THIRD-PARTY.txt").lines().toList();

            assertThat(components(jar))
                    .filteredOn(component -> !component.group().equals("io.github.ram"))
                    .hasSizeGreaterThan(20)
                    .allSatisfy(component -> assertThat(licences)
                            .anyMatch(line -> line.startsWith("     (")
                                    && line.contains("(%s:%s:%s - "
                                            .formatted(component.group(), component.name(), component.version()))));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ram-service/target/ram-service",
                "ram-training/target/ram-training",
                "ram-training/target/ram-scoring"
            })
    void nativeLibrariesAreLoadedWithoutAWarning(String name) throws IOException {
        try (JarFile jar = open(name)) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Enable-Native-Access"))
                    .isEqualTo("ALL-UNNAMED");
        }
    }

    private static JarFile open(String name) throws IOException {
        return new JarFile(Path.of("..", name + ".jar").toFile());
    }

    private static List<Component> components(JarFile jar) throws IOException {
        JsonNode bill = JsonMapper.builder().build().readTree(read(jar, "META-INF/sbom/application.cdx.json"));
        assertThat(bill.get("bomFormat").asString()).isEqualTo("CycloneDX");
        return bill.get("components").valueStream().map(Component::of).toList();
    }

    private static String read(JarFile jar, String entry) throws IOException {
        try (InputStream stream = jar.getInputStream(jar.getEntry(entry))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
