package org.mxhooks;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The README and the pages under {@code src/site/markdown}. */
class DocumentationTest {

    private static final Path README = Path.of("README.md");
    private static final Path PAGES = Path.of("src/site/markdown");
    private static final Pattern CODE = Pattern.compile("(?sm)^```.*?^```|`[^`\n]*`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*)$");

    private static final Pattern NAMED_TEST =
            Pattern.compile("(?:`|\\{@code )([A-Z]\\w*(?:Test|IT|Suite|Benchmark))(?:\\.(\\w+))?[`}]");

    private static final Pattern NAMED_CODE = Pattern.compile("`@?([A-Z][a-z]\\w*)(?:\\.(\\w+))?`");

    /**
     * A link of a page.
     *
     * @param page the page that contains it
     * @param target the linked file or folder
     * @param anchor the linked heading, or an empty text
     */
    private record Link(Path page, Path target, String anchor) {

        static Link of(Path page, String text) {
            String[] parts = text.split("#", 2);
            Path target =
                    parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
            return new Link(page, target, parts.length == 1 ? "" : parts[1]);
        }

        boolean leadsSomewhere() {
            return Files.exists(target) && (anchor.isEmpty() || anchors(target).contains(anchor));
        }
    }

    static Stream<Path> documents() throws IOException {
        return Stream.concat(Stream.of(README), pages());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyRelativeLinkLeadsSomewhere(Path document) {
        assertThat(links(document)).allMatch(Link::leadsSomewhere);
    }

    @Test
    void everyPageIsLinked() throws IOException {
        Set<Path> linked = documents()
                .flatMap(document ->
                        links(document).filter(link -> !link.target().equals(document)))
                .map(Link::target)
                .collect(toSet());

        assertThat(pages().filter(page ->
                        !linked.contains(page.getParent()) || page.getParent().equals(PAGES)))
                .isNotEmpty()
                .isSubsetOf(linked);
    }

    /** Pages and the Javadoc of packages name the tests that show what they promise. */
    @ParameterizedTest
    @MethodSource("documentsAndPackages")
    void everyNamedTestExists(Path document) {
        assertThat(NAMED_TEST
                        .matcher(read(document))
                        .results()
                        .filter(named -> !isTest(named.group(1), named.group(2)))
                        .map(MatchResult::group))
                .isEmpty();
    }

    /** The walk of a delivery and the instructions name types and methods of the program. */
    @Test
    void architectureNamesWhatExists() {
        assertThat(NAMED_CODE
                        .matcher(read(PAGES.resolve("architecture.md")))
                        .results()
                        .filter(named -> !isCode(named.group(1), named.group(2)))
                        .map(MatchResult::group))
                .isEmpty();
    }

    private static boolean isCode(String type, String method) {
        try (Stream<Path> sources = files(Path.of("src"), "/" + type + ".java")) {
            return sources.anyMatch(source -> method == null || read(source).contains(" " + method + "("));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Path> documentsAndPackages() throws IOException {
        return Stream.concat(documents(), files(Path.of("src/main/java"), "package-info.java"));
    }

    private static boolean isTest(String type, String method) {
        try (Stream<Path> sources = files(Path.of("src/test/java"), "/" + type + ".java")) {
            return sources.anyMatch(source -> method == null || read(source).contains("void " + method + "("));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> files(Path root, String ending) throws IOException {
        return Files.walk(root)
                .filter(file -> file.toString().replace('\\', '/').endsWith(ending))
                .sorted();
    }

    private static Stream<Path> pages() throws IOException {
        return files(PAGES, ".md");
    }

    private static Stream<Link> links(Path document) {
        String text = CODE.matcher(read(document)).replaceAll("");
        return LINK.matcher(text)
                .results()
                .map(link -> link.group(1))
                .filter(target -> !target.matches("[a-z]+:.*"))
                .map(target -> Link.of(document, target));
    }

    /** As GitHub derives them from headings. */
    private static Set<String> anchors(Path document) {
        String text = read(document).replaceAll("(?sm)^```.*?^```", "");
        return HEADING.matcher(text)
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                        .replace(' ', '-'))
                .collect(toSet());
    }

    private static String read(Path document) {
        try {
            return Files.readString(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
