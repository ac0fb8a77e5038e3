package org.mxhooks.settings;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.MapConfig;

/** That the page about settings tells what the code does. */
class SettingsDocumentTest {

    private static final Pattern ROW = Pattern.compile("\\| `(mxhooks\\.[^`]*)` \\| (?:`([^`]*)`)? ?\\| .*");
    private static final Map<String, String> SECRETS = Map.of(
            "mxhooks.endpoint.default.secret", "of the portal",
            "mxhooks.operator.password", "of the operator",
            "mxhooks.relay.key", "of the relay");

    /**
     * A row of the page.
     *
     * @param byDefault as documented; null where there is none
     */
    private record Row(String name, String byDefault) {}

    @Test
    void everySettingIsDocumented(@TempDir Path home) throws IOException {
        Set<String> documented = rows().map(Row::name).collect(toSet());

        assertThat(asked(home)).isEqualTo(new TreeSet<>(documented)).isEqualTo(new TreeSet<>(SettingNames.all()));
    }

    /** The shell that runs the tests may have variables for a server. */
    @Test
    void theBuildKeepsEachSettingOfTheShellFromTheTests() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));

        assertThat(between(pom, "<not-inherited>", "</not-inherited>").split(","))
                .containsAll(rows().map(Row::name)
                        .map(name -> name.replace("<name>", "default"))
                        .flatMap(
                                name -> SettingNames.isSecret(name) ? Stream.of(name, name + "-file") : Stream.of(name))
                        .map(SettingNames::environmentName)
                        .toList());
        for (String plugin : List.of("maven-surefire-plugin", "maven-failsafe-plugin")) {
            assertThat(between(pom, plugin, "</configuration>"))
                    .contains("<excludedEnvironmentVariables>${not-inherited}</excludedEnvironmentVariables>");
        }
    }

    private static String between(String text, String start, String end) {
        int from = text.indexOf(start) + start.length();
        return text.substring(from, text.indexOf(end, from));
    }

    @TestFactory
    Stream<DynamicTest> everyDefaultIsAsDocumented() throws IOException {
        return rows().filter(row -> row.byDefault() != null)
                .map(row -> DynamicTest.dynamicTest(row.name(), () -> assertDefault(row)));
    }

    private static void assertDefault(Row row) {
        Map<String, String> properties = new HashMap<>(SECRETS);
        Settings byDefault = SettingsReader.read(MapConfig.of(properties));
        properties.put(
                row.name().replace("<name>", "default"),
                row.byDefault().replace("${user.home}", System.getProperty("user.home")));

        Settings asTold = SettingsReader.read(MapConfig.of(properties));

        assertThat(asTold)
                .usingRecursiveComparison()
                .ignoringFieldsOfTypes(Secret.class)
                .isEqualTo(byDefault);
        properties.put(row.name().replace("<name>", "default"), "odd");
        if (row.name().equals("mxhooks.endpoints")) {
            properties.remove("mxhooks.endpoint.default.secret");
            properties.put("mxhooks.endpoint.odd.secret", "of the portal");
        }
        assertThat(problemsOrSettings(properties)).isNotEqualTo(byDefault.toString());
    }

    private static String problemsOrSettings(Map<String, String> properties) {
        try {
            return SettingsReader.read(MapConfig.of(properties)).toString();
        } catch (InvalidSettings problems) {
            return problems.getMessage();
        }
    }

    private static Stream<Row> rows() throws IOException {
        return Files.readAllLines(Path.of("src/site/markdown/settings.md")).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> new Row(row.group(1), row.group(2)));
    }

    /** What the code asks for; the forms that end in {@code -file} are documented once for all. */
    private static Set<String> asked(Path home) {
        Asked asked = new Asked(home);
        SettingsReader.read(MapConfig.of(asked));
        return asked.names.stream()
                .filter(name -> name.startsWith("mxhooks.") && !name.endsWith("-file"))
                .map(name -> name.replace("mxhooks.endpoint.default.", "mxhooks.endpoint.<name>."))
                .collect(TreeSet::new, Set::add, Set::addAll);
    }

    /** Remembers what it is asked for. */
    private static final class Asked implements ConfigSource {

        private final Set<String> names = new TreeSet<>();
        private final Path home;

        Asked(Path home) {
            this.home = home;
        }

        @Override
        public Set<String> getPropertyNames() {
            return Set.of("mxhooks.home");
        }

        @Override
        public String getValue(String name) {
            names.add(name);
            return name.equals("mxhooks.home") ? home.toString() : null;
        }

        @Override
        public String getName() {
            return "asked";
        }
    }
}
