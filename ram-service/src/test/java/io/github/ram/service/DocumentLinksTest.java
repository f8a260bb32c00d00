package io.github.ram.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The links of the documents to files of the repository and to headings in them. */
class DocumentLinksTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]*)(?:#([^)]*))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    static Stream<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(
                    Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "helm/README.md")
                            .map(ROOT::resolve),
                    docs.filter(file -> file.toString().endsWith(".md")))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyLinkLeadsToAFileAndAHeadingThatExist(Path document) throws IOException {
        var missing = new TreeSet<String>();
        var links = LINK.matcher(Files.readString(document));
        while (links.find()) {
            Path target = links.group(1).isEmpty() ? document : document.resolveSibling(links.group(1));
            if (!Files.exists(target)
                    || links.group(2) != null && !anchors(target).contains(links.group(2))) {
                missing.add(links.group());
            }
        }

        assertThat(missing).isEmpty();
    }

    private static TreeSet<String> anchors(Path document) throws IOException {
        var anchors = new TreeSet<String>();
        HEADING.matcher(Files.readString(document))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\w -]", "")
                        .replace(' ', '-'))
                .forEach(anchors::add);
        return anchors;
    }
}
