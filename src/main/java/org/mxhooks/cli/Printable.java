package org.mxhooks.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Untrusted text made safe for a terminal: without characters that move the cursor, colour, hide or reverse text. */
final class Printable {

    private static final Pattern INVISIBLE = Pattern.compile("[\\p{C}\\u2028\\u2029]");
    private static final Pattern INVISIBLE_IN_A_LINE = Pattern.compile("[\\p{C}\\u2028\\u2029&&[^\\n\\t]]");

    private Printable() {}

    /** On one line. */
    static String line(String text) {
        return INVISIBLE.matcher(text.replaceAll("\\s+", " ").strip()).replaceAll("?");
    }

    /** With line ends and tabs. */
    static String lines(String text) {
        return INVISIBLE_IN_A_LINE.matcher(text.replace("\r\n", "\n")).replaceAll("?");
    }

    /** An equal JSON document: such characters can only occur in strings, and are escaped there. */
    static String json(String document) {
        return INVISIBLE_IN_A_LINE
                .matcher(document)
                .replaceAll(found -> Matcher.quoteReplacement(escaped(found.group())));
    }

    /** As JSON escapes. */
    static String escaped(String characters) {
        StringBuilder escaped = new StringBuilder();
        characters.chars().forEach(unit -> escaped.append(String.format(Locale.ROOT, "\\u%04x", unit)));
        return escaped.toString();
    }
}
