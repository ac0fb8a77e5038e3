package org.mxhooks.terminal;

/** The number of columns that a text takes on a terminal: two for a wide character, none for a combining one. */
public final class Width {

    private static final String CUT = "…";

    private Width() {}

    public static int of(String text) {
        return text.codePoints().map(Width::of).sum();
    }

    /** Cuts the end of a text that is wider than allowed. */
    static String cut(String text, int width) {
        if (of(text) <= width) {
            return text;
        }
        int taken = 0;
        int end = 0;
        while (taken + of(text.codePointAt(end)) < width) {
            taken += of(text.codePointAt(end));
            end = text.offsetByCodePoints(end, 1);
        }
        return text.substring(0, end) + CUT;
    }

    /** As {@link #cut}, but cuts the beginning: the end of a qualified name says more. */
    static String cutBeginning(String text, int width) {
        if (of(text) <= width) {
            return text;
        }
        int start = 0;
        while (of(text.substring(start)) >= width) {
            start = text.offsetByCodePoints(start, 1);
        }
        return CUT + text.substring(start);
    }

    private static int of(int character) {
        int type = Character.getType(character);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        return isWide(character) ? 2 : 1;
    }

    private static boolean isWide(int character) {
        return Character.isIdeographic(character)
                || character >= 0x1100 && character <= 0x115F
                || character >= 0x2E80 && character <= 0x303E
                || character >= 0x3041 && character <= 0x33FF
                || character >= 0xA960 && character <= 0xA97F
                || character >= 0xAC00 && character <= 0xD7A3
                || character >= 0xFE30 && character <= 0xFE6F
                || character >= 0xFF01 && character <= 0xFF60
                || character >= 0x1F300 && character <= 0x1FAFF;
    }
}
