package org.mxhooks;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The rules and the dashboard of {@code server-config/monitoring}, read by Prometheus' own tool. */
class MonitoringConfigurationTest {

    private static final String PROMTOOL = "org.mxhooks.Promtool#isInstalled";
    private static final String NOT_INSTALLED = "promtool is not installed";
    private static final Pattern ALERT = Pattern.compile("- alert: (\\S+)");
    private static final Pattern FIRED = Pattern.compile("alertname: (\\S+)\\s+exp_alerts:\\s+- ");
    private static final Pattern QUIET = Pattern.compile("alertname: (\\S+)\\s+exp_alerts: \\[]");

    @Test
    @EnabledIf(value = PROMTOOL, disabledReason = NOT_INSTALLED)
    void theRulesAreValid() throws Exception {
        assertThat(Promtool.run("", "check", "rules", MonitoringFiles.RULES.toString()))
                .contains("SUCCESS");
    }

    @ParameterizedTest
    @FieldSource("org.mxhooks.MonitoringFiles#RULES_TESTS")
    @EnabledIf(value = PROMTOOL, disabledReason = NOT_INSTALLED)
    void theRulesFireWhenTheyShould(Path test) throws Exception {
        assertThat(Promtool.run("", "test", "rules", test.toString())).contains("SUCCESS");
    }

    @Test
    void eachRuleIsSeenToFireAndToBeQuiet() throws IOException {
        List<String> alerts = found(ALERT, List.of(MonitoringFiles.RULES));

        assertThat(found(FIRED, MonitoringFiles.RULES_TESTS)).containsAll(alerts);
        assertThat(found(QUIET, MonitoringFiles.RULES_TESTS)).containsAll(alerts);
    }

    /** As recording rules, which the tool parses. */
    @Test
    @EnabledIf(value = PROMTOOL, disabledReason = NOT_INSTALLED)
    void theDashboardsExpressionsAreValid(@TempDir Path directory) throws Exception {
        List<String> expressions = MonitoringFiles.expressions();
        String rules = IntStream.range(0, expressions.size())
                .mapToObj(i -> "  - record: panel%s\n    expr: '%s'\n"
                        .formatted(i, expressions.get(i).replace("$__rate_interval", "5m")))
                .collect(joining("", "groups:\n- name: panels\n  rules:\n", ""));
        Path file = Files.writeString(directory.resolve("panels.yml"), rules);

        assertThat(Promtool.run("", "check", "rules", file.toString()))
                .contains("SUCCESS: " + expressions.size() + " rules found");
    }

    @Test
    void noTwoPanelsOfTheDashboardOverlap() throws IOException {
        List<JsonNode> places = StreamSupport.stream(
                        MonitoringFiles.dashboard().get("panels").spliterator(), false)
                .map(panel -> panel.get("gridPos"))
                .toList();

        for (int i = 0; i < places.size(); i++) {
            for (int j = 0; j < i; j++) {
                assertThat(overlap(places.get(i), places.get(j)))
                        .as("%s and %s", places.get(i), places.get(j))
                        .isFalse();
            }
        }
    }

    private static boolean overlap(JsonNode one, JsonNode other) {
        return overlap(one, other, "x", "w") && overlap(one, other, "y", "h");
    }

    private static boolean overlap(JsonNode one, JsonNode other, String edge, String size) {
        int first = one.get(edge).asInt();
        int second = other.get(edge).asInt();
        return first < second + other.get(size).asInt()
                && second < first + one.get(size).asInt();
    }

    private static List<String> found(Pattern pattern, List<Path> files) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files) {
            pattern.matcher(Files.readString(file)).results().forEach(result -> found.add(result.group(1)));
        }
        return found;
    }
}
