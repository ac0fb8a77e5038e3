package org.mxhooks.operations;

import static java.util.stream.Collectors.joining;

import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** How a list is written for other programs, a line for each entry. */
public enum TableFormat {

    /**
     * CSV by RFC 4180, the names of the columns first. What a spreadsheet would take for a formula has an apostrophe
     * before it.
     */
    CSV("text/csv;charset=UTF-8") {
        @Override
        String head(List<String> columns) {
            return line(columns.stream());
        }

        @Override
        String row(Map<String, Object> values) {
            return line(values.values().stream());
        }
    },

    /** A JSON object on each line, without what is absent. */
    JSONL("application/x-ndjson;charset=UTF-8") {
        @Override
        String head(List<String> columns) {
            return "";
        }

        @Override
        String row(Map<String, Object> values) {
            JsonObjectBuilder json = JSON.createObjectBuilder();
            values.forEach((name, value) -> {
                if (value instanceof Long number) {
                    json.add(name, number);
                } else if (value instanceof Boolean truth) {
                    json.add(name, truth);
                } else if (!value.toString().isEmpty()) {
                    json.add(name, value.toString());
                }
            });
            return json.build() + "\n";
        }
    };

    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    /**
     * Where a spreadsheet may begin a formula: at the beginning of a cell, behind blanks too, and behind what separates
     * cells in the spreadsheets of some countries; the signs of full width count in others.
     */
    private static final Pattern FORMULA =
            Pattern.compile("(?:^|(?<=[;\\t\\r\\n]))[\\s\u00a0\u3000]*(?=[=+\\-@\uff1d\uff0b\uff0d\uff20])");

    private final String mediaType;

    TableFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /** For the header {@code Content-Type}. */
    public String mediaType() {
        return mediaType;
    }

    /** How a file's name ends, and what a request asks for. */
    public String suffix() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    abstract String head(List<String> columns);

    abstract String row(Map<String, Object> values);

    private static String line(java.util.stream.Stream<?> cells) {
        return cells.map(TableFormat::cell).collect(joining(",", "", "\r\n"));
    }

    private static String cell(Object value) {
        String text =
                value instanceof String untrusted ? FORMULA.matcher(untrusted).replaceAll("'$0") : value.toString();
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
