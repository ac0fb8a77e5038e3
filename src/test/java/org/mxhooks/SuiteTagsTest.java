package org.mxhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The build selects the suites by tag: a class without one, or with an unknown one, would never run. */
class SuiteTagsTest {

    private static final Path CLASSES = Path.of("target/test-classes");
    private static final Set<String> SUITES =
            Set.of("persistence", "process", "journey", "payara-server", "benchmark", "throughput");

    @Test
    void eachIntegrationTestIsInOneSuite() throws IOException {
        List<Class<?>> tests = integrationTests();

        assertThat(tests)
                .hasSizeGreaterThan(40)
                .allSatisfy(test -> assertThat(tags(test))
                        .as(test.getSimpleName())
                        .hasSize(1)
                        .isSubsetOf(SUITES));
    }

    @Test
    void eachSuiteIsRunByTheBuild() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));

        assertThat(SUITES).allSatisfy(suite -> assertThat(pom).contains("<groups>" + suite + "</groups>"));
    }

    private static List<Class<?>> integrationTests() throws IOException {
        try (Stream<Path> files = Files.walk(CLASSES)) {
            return files.map(CLASSES::relativize)
                    .map(Path::toString)
                    .filter(file -> file.endsWith("IT.class") || file.endsWith("Benchmark.class"))
                    .<Class<?>>map(file -> load(
                            file.substring(0, file.length() - ".class".length()).replace('/', '.')))
                    .filter(type -> !Modifier.isAbstract(type.getModifiers()))
                    .toList();
        }
    }

    private static List<String> tags(Class<?> test) {
        return Arrays.stream(test.getAnnotationsByType(Tag.class))
                .map(Tag::value)
                .toList();
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, SuiteTagsTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
