package io.github.ram.helm;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** A chart that Helm renders. The tests of the images use this class too. */
public record Chart(Path folder) {

    private static final String NOTES = """
            {{ define "notes" }}%s{{ end }}
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: notes}
            data: {notes: {{ include "notes" . | toJson }}}
            """;

    /** Returns the chart of a name. Tests run in the folder of this module, which holds the charts. */
    public static Chart named(String name) {
        return new Chart(Path.of(name).toAbsolutePath());
    }

    /** Returns the names of its sets of values: {@code gpu} for {@code values/gpu.yaml}. */
    public List<String> sets() {
        try (Stream<Path> files = Files.list(folder.resolve("values"))) {
            return files.map(file -> file.getFileName().toString().replace(".yaml", ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the manifests that an install makes.
     *
     * @param release name of the release
     * @param set name of a set of values, or null for the defaults
     * @param values YAML that overrides the set
     * @throws IllegalStateException with Helm's message if the chart rejects the values
     */
    Manifests render(String release, String set, String values) {
        return Manifests.parse(manifest(release, set, values));
    }

    /** Returns the same manifests as Helm writes them. */
    public String manifest(String release, String set, String values) {
        TemplateCommand template = new Helm(folder)
                .template()
                .withName(release)
                .withNamespace("digits")
                .withKubeVersion("1.34.0");
        if (set != null) {
            template.withValuesFile(folder.resolve("values/" + set + ".yaml"));
        }
        return withFile(values, file -> template.withValuesFile(file).call());
    }

    /** Returns the use of a file with this content, which is there until the use ends. */
    public static <T> T withFile(String content, Function<Path, T> use) {
        Path file = null;
        try {
            file = Files.writeString(Files.createTempFile("values", ".yaml"), content);
            return use.apply(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            delete(file);
        }
    }

    /** Returns the manifests of the release {@code ram}. */
    public Manifests render(String set, String values) {
        return render("ram", set, values);
    }

    public Manifests render(String values) {
        return render(null, values);
    }

    /**
     * Returns a copy in the directory that also renders its hooks, and its notes as a ConfigMap of that name. The
     * template command leaves both out.
     */
    public Chart withHooksAndNotes(Path directory) {
        try (Stream<Path> files = Files.walk(folder)) {
            Path copy = directory.resolve(folder.getFileName());
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = copy.resolve(folder.relativize(file));
                Files.createDirectories(target.getParent());
                if (file.endsWith("NOTES.txt")) {
                    Files.writeString(target.resolveSibling("notes.yaml"), NOTES.formatted(Files.readString(file)));
                } else {
                    Files.write(target, withoutHook(file));
                }
            }
            return new Chart(copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] withoutHook(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        return file.toString().endsWith(".yaml")
                ? new String(bytes, StandardCharsets.UTF_8)
                        .replace("helm.sh/hook: test", "example.com/hook: test")
                        .getBytes(StandardCharsets.UTF_8)
                : bytes;
    }

    private static void delete(Path file) {
        try {
            if (file != null) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
