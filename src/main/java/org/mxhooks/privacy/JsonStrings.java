package org.mxhooks.privacy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The strings of a text as JSON has them, with their places, so that some can be replaced while every other byte stays.
 * Lenient: of a text that is no JSON, or was cut off, it finds what lies between quotation marks, or behind the last.
 */
final class JsonStrings {

    /**
     * A string.
     *
     * @param begin of its quotation mark
     * @param end behind the closing one, or behind the text where that was cut off
     * @param closed whether it has a closing one
     * @param isName whether it is the name of a member
     * @param value without escapes
     * @param object the number of the object that it is a value of
     * @param name of the member, in lower case; empty where it is none, or is itself a name
     */
    record QuotedString(
            int begin, int end, boolean closed, boolean isName, String value, int object, Optional<String> name) {

        /** As it stands in the text, with another value. */
        String with(String other) {
            String quoted = quoted(other);
            return closed ? quoted : quoted.substring(0, quoted.length() - 1);
        }
    }

    private final String text;
    private final List<QuotedString> found = new ArrayList<>();
    private final Deque<Integer> open = new ArrayDeque<>();
    private int objects;
    private Optional<String> name = Optional.empty();

    private JsonStrings(String text) {
        this.text = text;
    }

    static List<QuotedString> in(String text) {
        JsonStrings strings = new JsonStrings(text);
        strings.scan();
        return strings.found;
    }

    private void scan() {
        int i = 0;
        while (i < text.length()) {
            char character = text.charAt(i);
            if (character == '"') {
                i = add(i);
                continue;
            }
            follow(character);
            i++;
        }
    }

    private void follow(char character) {
        switch (character) {
            case '{' -> enter(++objects);
            case '[' -> enter(0);
            case '}', ']' -> {
                open.poll();
                name = Optional.empty();
            }
            case ',' -> name = Optional.empty();
            default -> {}
        }
    }

    private void enter(int object) {
        open.push(object);
        name = Optional.empty();
    }

    /** Behind the closing quotation mark; -1 where there is none. */
    private int end(int begin) {
        for (int i = begin + 1; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '"') {
                return i + 1;
            }
            if (character == '\\') {
                i++;
            }
        }
        return -1;
    }

    /** Returns where it ends. */
    private int add(int begin) {
        int closing = end(begin);
        boolean closed = closing > 0;
        int end = closed ? closing : text.length();
        String value = unescape(text.substring(begin + 1, closed ? end - 1 : end));
        int object = open.isEmpty() ? 0 : open.peek();
        boolean isName = isName(end);
        found.add(new QuotedString(begin, end, closed, isName, value, object, isName ? Optional.empty() : name));
        name = isName ? Optional.of(value.toLowerCase(Locale.ROOT)) : Optional.empty();
        return end;
    }

    private boolean isName(int end) {
        int i = end;
        while (i < text.length() && " \t\r\n".indexOf(text.charAt(i)) >= 0) {
            i++;
        }
        return i < text.length() && text.charAt(i) == ':';
    }

    private static String unescape(String raw) {
        if (raw.indexOf('\\') < 0) {
            return raw;
        }
        StringBuilder value = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char character = raw.charAt(i);
            if (character != '\\' || i + 1 == raw.length()) {
                value.append(character);
                continue;
            }
            char escaped = raw.charAt(++i);
            if (escaped == 'u'
                    && i + 4 < raw.length()
                    && raw.substring(i + 1, i + 5).matches("[0-9a-fA-F]{4}")) {
                value.append((char) Integer.parseInt(raw.substring(i + 1, i + 5), 16));
                i += 4;
            } else {
                int known = "bfnrt".indexOf(escaped);
                value.append(known < 0 ? escaped : "\b\f\n\r\t".charAt(known));
            }
        }
        return value.toString();
    }

    /** A string with its quotation marks. */
    static String quoted(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        value.chars().forEach(character -> {
            if (character == '"' || character == '\\') {
                quoted.append('\\').append((char) character);
            } else if (character < ' ' || Character.isSurrogate((char) character)) {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", character));
            } else {
                quoted.append((char) character);
            }
        });
        return quoted.append('"').toString();
    }
}
