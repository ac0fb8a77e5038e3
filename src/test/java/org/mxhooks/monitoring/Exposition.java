package org.mxhooks.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Meters in a text format, read as strictly as OpenMetrics 1.0 demands: families that are not interleaved, each with
 * one TYPE before its samples and the suffixes of that type, no sample twice, buckets that rise to {@code +Inf} and
 * agree with the count, and an end.
 */
public record Exposition(Map<String, String> types, Map<String, Double> samples) {

    private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    private static final String LABEL = "[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\n]|\\\\[\\\\\"n])*\"";
    private static final Pattern SAMPLE = Pattern.compile(
            "(?<name>" + NAME + ")(?<labels>\\{(?:" + LABEL + "(?:," + LABEL + ")*)?})? (?<value>\\S+)");
    private static final Pattern META = Pattern.compile("# (?<what>TYPE|HELP) (?<name>" + NAME + ") (?<text>.+)");
    private static final Map<String, Set<String>> SUFFIXES = Map.of(
            "counter", Set.of("_total", "_created"),
            "gauge", Set.of(""),
            "summary", Set.of("", "_count", "_sum", "_created"),
            "histogram", Set.of("_bucket", "_count", "_sum", "_created"),
            "info", Set.of("_info"));

    /** @throws AssertionError where it is not OpenMetrics 1.0 */
    public static Exposition openMetrics(String text) {
        assertThat(text).endsWith("\n# EOF\n");
        List<String> lines = text.lines().toList();
        return read(lines.subList(0, lines.size() - 1), true);
    }

    /** @throws AssertionError where it is not the text format 0.0.4 of Prometheus */
    public static Exposition prometheus(String text) {
        assertThat(text).endsWith("\n").doesNotContain("# EOF");
        return read(text.lines().toList(), false);
    }

    /** A sample's value, by its name with labels as written. */
    public double value(String sample) {
        assertThat(samples).containsKey(sample);
        return samples.get(sample);
    }

    private static Exposition read(List<String> lines, boolean open) {
        Exposition read = new Exposition(new LinkedHashMap<>(), new LinkedHashMap<>());
        Set<String> helped = new LinkedHashSet<>();
        String family = "";
        for (String line : lines) {
            Matcher meta = META.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (meta.matches()) {
                family = meta.group("name");
                if (meta.group("what").equals("TYPE")) {
                    assertThat(read.types.put(family, meta.group("text")))
                            .as(line)
                            .isNull();
                } else {
                    assertThat(helped.add(family)).as(line).isTrue();
                }
            } else {
                assertThat(sample.matches()).as("a sample: %s", line).isTrue();
                read.add(family, sample, open);
            }
        }
        read.bucketsAgree();
        return read;
    }

    private void add(String family, Matcher sample, boolean open) {
        String name = sample.group("name");
        String type = types.get(family);
        assertThat(type).as("a type before %s", name).isNotNull();
        Set<String> suffixes = open || !type.equals("counter") ? SUFFIXES.get(type) : Set.of("");
        assertThat(name).startsWith(family);
        assertThat(suffixes).as("%s %s: %s", type, family, name).contains(name.substring(family.length()));
        String labels = sample.group("labels") == null ? "" : sample.group("labels");
        assertThat(samples.put(name + labels, number(sample.group("value"))))
                .as("once: %s%s", name, labels)
                .isNull();
    }

    private static double number(String value) {
        return switch (value) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(value);
        };
    }

    private void bucketsAgree() {
        Map<String, Double> last = new LinkedHashMap<>();
        samples.forEach((sample, value) -> {
            if (sample.contains("_bucket{")) {
                String series = sample.replaceFirst(",?le=\"[^\"]*\"", "");
                assertThat(value).as(sample).isGreaterThanOrEqualTo(last.getOrDefault(series, 0.0));
                last.put(series, value);
                if (sample.contains("le=\"+Inf\"")) {
                    String count = series.replace("_bucket", "_count").replace("{}", "");
                    assertThat(samples).as(sample).containsKey(count);
                }
            }
        });
        last.forEach((series, value) -> assertThat(
                        samples.get(series.replace("_bucket", "_count").replace("{}", "")))
                .as(series)
                .isEqualTo(value));
    }
}
