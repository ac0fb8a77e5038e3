package org.mxhooks.terminal;

/** Colours of a terminal (ECMA-48, select graphic rendition). */
public enum Colour {
    RED(31),
    GREEN(32),
    YELLOW(33),
    CYAN(36);

    private final int code;

    Colour(int code) {
        this.code = code;
    }

    public String paint(String text) {
        return "\u001b[" + code + "m" + text + "\u001b[0m";
    }

    /** A state, where it has a colour. */
    public static String ofState(String state, String padded) {
        return switch (state) {
            case "done", "running" -> GREEN.paint(padded);
            case "pending" -> CYAN.paint(padded);
            case "parked", "paused", "retrying", "waiting" -> YELLOW.paint(padded);
            case "dead", "dead letters", "not deployed" -> RED.paint(padded);
            default -> padded;
        };
    }
}
