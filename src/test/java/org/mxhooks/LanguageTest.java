package org.mxhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Messages and constants use the words of {@code contributing.md}. */
class LanguageTest {

    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/");
    private static final Pattern TEXT = Pattern.compile("\"(?:\\\\.|[^\"\\\\\n])*\"");
    private static final Pattern QUAINT =
            Pattern.compile("(?i)\\b(tells?|told|news|away|whoever|go(es)? on|comes? back|came back)\\b");
    private static final Pattern CONSTANT = Pattern.compile("\\bMOST_[A-Z_]+\\b");

    @Test
    void noMessageIsQuaint() throws IOException {
        assertThat(sources().stream()
                        .flatMap(source -> TEXT.matcher(source).results().map(MatchResult::group)))
                .hasSizeGreaterThan(1000)
                .noneMatch(text -> QUAINT.matcher(text).find());
    }

    @Test
    void aMaximumIsNamedSo() throws IOException {
        assertThat(sources().stream()
                        .flatMap(source -> CONSTANT.matcher(source).results().map(MatchResult::group)))
                .isEmpty();
    }

    private static List<String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(LanguageTest::withoutComments)
                    .toList();
        }
    }

    private static String withoutComments(Path file) {
        try {
            return COMMENT.matcher(Files.readString(file)).replaceAll("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
