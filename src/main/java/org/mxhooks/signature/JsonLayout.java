package org.mxhooks.signature;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * A way to put white space between the tokens of JSON; strings and numbers stay as they are written.
 *
 * @param text to stand after "it was signed"
 * @param colon between name and value, with its white space
 * @param comma between members on one line, with its white space
 * @param lineEnd before each member; empty for one line
 * @param indent of each level
 */
record JsonLayout(String text, String colon, String comma, String lineEnd, String indent) {

    private static final int MAX_GROWTH = 4;
    private static final int SMALL = 1024;

    /** The layouts that JSON libraries write by default or when they indent. */
    static Stream<JsonLayout> all() {
        return Stream.concat(
                Stream.of(
                        new JsonLayout("as compact JSON", ":", ",", "", ""),
                        new JsonLayout("as JSON on one line with spaces", ": ", ", ", "", "")),
                Stream.of("\n", "\r\n")
                        .flatMap(lineEnd -> Stream.of(
                                indented("2 spaces", ": ", lineEnd, "  "),
                                indented("4 spaces", ": ", lineEnd, "    "),
                                indented("a tab", ": ", lineEnd, "\t"),
                                indented("2 spaces, with spaces around colons", " : ", lineEnd, "  "))));
    }

    private static JsonLayout indented(String by, String colon, String lineEnd, String indent) {
        String text = "as JSON indented by " + by + (lineEnd.equals("\n") ? "" : ", with CRLF line ends");
        return new JsonLayout(text, colon, ",", lineEnd, indent);
    }

    /** What is no JSON comes out as something or other; empty where it would grow so much that nobody writes it. */
    Optional<String> of(String json) {
        StringBuilder out = new StringBuilder(json.length());
        int depth = 0;
        boolean opened = false;
        for (int at = 0, end; at < json.length() && out.length() < SMALL + MAX_GROWTH * json.length(); at = end) {
            end = endOfToken(json, at);
            char first = json.charAt(at);
            if (isWhiteSpace(first)) {
                continue;
            }
            boolean closes = first == '}' || first == ']';
            depth -= closes && depth > 0 ? 1 : 0;
            if (opened != closes) {
                startLine(out, depth);
            }
            opened = first == '{' || first == '[';
            depth += opened ? 1 : 0;
            switch (first) {
                case ':' -> out.append(colon);
                case ',' -> startLine(out.append(comma), depth);
                default -> out.append(json, at, end);
            }
        }
        return Optional.of(out.toString()).filter(text -> text.length() < SMALL + MAX_GROWTH * json.length());
    }

    private void startLine(StringBuilder out, int depth) {
        out.append(lineEnd).append(indent.repeat(depth));
    }

    /** A string is one token, closed or not; every other character is one of its own. */
    private static int endOfToken(String json, int start) {
        if (json.charAt(start) != '"') {
            return start + 1;
        }
        int at = start + 1;
        while (at < json.length() && json.charAt(at) != '"') {
            at += json.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at + 1, json.length());
    }

    static boolean isWhiteSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }
}
