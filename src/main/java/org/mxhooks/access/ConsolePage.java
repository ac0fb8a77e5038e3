package org.mxhooks.access;

import java.util.regex.Pattern;

/**
 * A page of the console to which a sign-in leads: whatever a link says, nobody is led elsewhere.
 *
 * @param address relative to the console, with its query
 */
record ConsolePage(String address) {

    private static final Pattern FORM = Pattern.compile("[a-z-]{1,40}(\\?[\\x21-\\x7e]{0,2000})?");

    /** The first page where the text is something else. */
    static ConsolePage of(String text) {
        return new ConsolePage(FORM.matcher(text).matches() ? text : "overview");
    }
}
