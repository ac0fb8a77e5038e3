package org.mxhooks.terminal;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Untrusted text made safe for a terminal: without characters that move the cursor, colour, hide or reverse text. */
public final class Printable {

    private static final Pattern INVISIBLE = Pattern.compile("[\\p{C}\\u2028\\u2029]");
    private static final Pattern INVISIBLE_IN_A_LINE = Pattern.compile("[\\p{C}\\u2028\\u2029&&[^\\n\\t]]");

    private Printable() {}

    /** On one line. */
    public static String line(String text) {
        return INVISIBLE.matcher(text.replaceAll("\\s+", " ").strip()).replaceAll("?");
    }

    /** With line ends and tabs. */
    public static String lines(String text) {
        return INVISIBLE_IN_A_LINE.matcher(text.replace("\r\n", "\n")).replaceAll("?");
    }

    /** An equal JSON document: such characters can only occur in strings, and are escaped there. */
    public static String json(String document) {
        return INVISIBLE_IN_A_LINE
                .matcher(document)
                .replaceAll(found -> Matcher.quoteReplacement(escaped(found.group())));
    }

    /** As JSON escapes. */
    public static String escaped(String characters) {
        StringBuilder escaped = new StringBuilder();
        characters.chars().forEach(unit -> escaped.append(String.format(Locale.ROOT, "\\u%04x", unit)));
        return escaped.toString();
    }
}
