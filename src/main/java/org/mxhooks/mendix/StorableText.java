package org.mxhooks.mendix;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Pattern;

/** Untrusted text as every database keeps it. */
public final class StorableText {

    private static final String REPLACEMENT = "\uFFFD";

    /** Whatever breaks a line of a log or of a terminal, or hides a part of it. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

    private StorableText() {}

    /**
     * Cuts a text, and replaces what a JSON string's escapes may contain and a database refuses: PostgreSQL keeps no
     * NUL, and UTF-8 has no unpaired surrogate.
     *
     * @param max length in UTF-16 code units
     */
    public static String clean(String text, int max) {
        if (isPlain(text, max)) {
            return text;
        }
        String cut = text.length() > max ? text.substring(0, max) : text;
        return new String(cut.getBytes(UTF_8), UTF_8).replace("\0", REPLACEMENT);
    }

    /** As {@link #clean}, without control, format and line-separating characters. */
    public static String line(String text, int max) {
        return isPlain(text, max) ? text : CONTROL.matcher(clean(text, max)).replaceAll(REPLACEMENT);
    }

    /** Whether a text of visible ASCII characters and blanks is short enough: the usual one, which remains as it is. */
    private static boolean isPlain(String text, int max) {
        if (text.length() > max) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character < ' ' || character > '~') {
                return false;
            }
        }
        return true;
    }
}
