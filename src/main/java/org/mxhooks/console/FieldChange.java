package org.mxhooks.console;

/**
 * A field that two versions differ in. Of long texts it shows the part that differs, with a little of what is around
 * it.
 *
 * @param label a key of the texts
 * @param before what it was, or empty
 * @param after what it became, or empty
 */
public record FieldChange(String label, String before, String after) {

    private static final int MAX_WHOLE = 200;
    private static final int CONTEXT = 40;
    private static final int MAX_PART = 500;

    static FieldChange of(String label, String before, String after) {
        if (before.length() <= MAX_WHOLE && after.length() <= MAX_WHOLE) {
            return new FieldChange(label, before, after);
        }
        int shorter = Math.min(before.length(), after.length());
        int same = 0;
        while (same < shorter && before.charAt(same) == after.charAt(same)) {
            same++;
        }
        int end = 0;
        while (end < shorter - same
                && before.charAt(before.length() - 1 - end) == after.charAt(after.length() - 1 - end)) {
            end++;
        }
        return new FieldChange(
                label, part(before, same, before.length() - end), part(after, same, after.length() - end));
    }

    private static String part(String text, int from, int to) {
        int start = boundary(text, from <= CONTEXT ? 0 : from - CONTEXT);
        int stop = boundary(text, Math.min(text.length(), Math.min(to + CONTEXT, start + MAX_PART)));
        return (start > 0 ? "…" : "") + text.substring(start, stop) + (stop < text.length() ? "…" : "");
    }

    /** Not between the halves of a character. */
    private static int boundary(String text, int index) {
        boolean splits = index > 0 && index < text.length() && Character.isLowSurrogate(text.charAt(index));
        return splits && Character.isHighSurrogate(text.charAt(index - 1)) ? index - 1 : index;
    }
}
