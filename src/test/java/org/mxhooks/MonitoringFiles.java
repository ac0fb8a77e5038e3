package org.mxhooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of {@code server-config/monitoring}. */
public final class MonitoringFiles {

    static final Path RULES = Path.of("server-config/monitoring/mxhooks-rules.yml");
    static final List<Path> RULES_TESTS = List.of(
            Path.of("server-config/monitoring/mxhooks-rules-test.yml"),
            Path.of("server-config/monitoring/mxhooks-rules-weeks-test.yml"));

    private static final Path DASHBOARD = Path.of("server-config/monitoring/grafana-dashboard.json");
    private static final Pattern METRIC = Pattern.compile("\\b(?:mxhooks|jvm|process|system)_[a-z_]+\\b");

    private MonitoringFiles() {}

    /** The expressions of the dashboard's panels. */
    static List<String> expressions() throws IOException {
        return dashboard().findValuesAsText("expr");
    }

    static JsonNode dashboard() throws IOException {
        return new ObjectMapper().readTree(DASHBOARD.toFile());
    }

    /** The samples that the rules and the dashboard name. */
    public static Set<String> metrics() throws IOException {
        Set<String> metrics = new TreeSet<>();
        for (Path file : List.of(RULES, DASHBOARD)) {
            Matcher metric = METRIC.matcher(Files.readString(file));
            while (metric.find()) {
                metrics.add(metric.group());
            }
        }
        return metrics;
    }
}
