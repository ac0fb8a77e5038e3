package org.mxhooks.web;

import java.util.Locale;

/** Text from untrusted clients, escaped for display to an operator. */
public final class UntrustedText {

    private UntrustedText() {}

    /** In quotes, cut, and in printable ASCII: anything else as in a Java string. */
    public static String quoted(String text, int most) {
        return "'" + cut(text, most) + "'";
    }

    /** As {@link #quoted}, without the quotes. */
    public static String cut(String text, int most) {
        StringBuilder shown = new StringBuilder();
        text.chars().limit(most).forEach(character -> {
            if (character == '\'' || character == '\\') {
                shown.append('\\').append((char) character);
            } else if (character >= ' ' && character <= '~') {
                shown.append((char) character);
            } else {
                shown.append(String.format(Locale.ROOT, "\\u%04x", character));
            }
        });
        return text.length() > most ? shown + "…" : shown.toString();
    }
}
