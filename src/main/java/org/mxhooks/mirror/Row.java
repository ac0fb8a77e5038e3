package org.mxhooks.mirror;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * The columns of a state in a list, read one after the other. Long texts leave the database cut, so that a list needs
 * little memory whatever the portal sent.
 */
final class Row {

    /** So many UTF-16 units of a text are shown in a list. */
    static final int MAX_TEXT = 500;

    private final Iterator<Object> values;
    private final List<String> cut = new ArrayList<>();

    Row(Object... values) {
        this.values = Arrays.asList(values).iterator();
    }

    /** What JPQL selects for a text of any length: one character more than is shown. */
    static String textColumn(String path) {
        return "substring(%s, 1, %s)".formatted(path, MAX_TEXT + 1);
    }

    @SuppressWarnings("unchecked")
    <T> T next() {
        return (T) values.next();
    }

    /** The next column, a text of any length. */
    String text(String field) {
        String text = next();
        if (text == null || text.length() <= MAX_TEXT) {
            return text;
        }
        cut.add(field);
        boolean splitsPair = Character.isHighSurrogate(text.charAt(MAX_TEXT - 1));
        return text.substring(0, splitsPair ? MAX_TEXT - 1 : MAX_TEXT);
    }

    /** The fields whose texts are longer than they are shown. */
    List<String> cut() {
        return List.copyOf(cut);
    }
}
