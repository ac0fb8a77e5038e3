package org.mxhooks.dispatch;

/** Text of strangers for a column of limited length. */
final class StoredText {

    private static final int REPLACEMENT = 0xFFFD;

    private StoredText() {}

    /**
     * Cuts a text at a code point's boundary, and replaces what PostgreSQL or UTF-8 refuse: NUL and unpaired
     * surrogates.
     *
     * @param max length in UTF-16 code units
     */
    static String clean(String text, int max) {
        StringBuilder clean = new StringBuilder(Math.min(text.length(), max));
        cut(text, max)
                .codePoints()
                .map(point -> point == 0 || isUnpaired(point) ? REPLACEMENT : point)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static String cut(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(max - 2)) ? max - 2 : max - 1;
        return text.substring(0, end) + "…";
    }

    private static boolean isUnpaired(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
