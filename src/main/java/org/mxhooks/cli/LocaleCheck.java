package org.mxhooks.cli;

import java.util.List;

/**
 * What this process received of an argument or variable with letters beyond ASCII, where the locale is C or POSIX:
 * U+FFFD for each.
 */
final class LocaleCheck {

    private static final String REPLACEMENT = "\uFFFD";

    private LocaleCheck() {}

    /** Returns the text, or refuses it by the name of where it comes from. */
    static String refuse(String text, String name) throws CommandFailure {
        if (text.contains(REPLACEMENT)) {
            throw CommandFailure.unusable(
                    "%s has letters that cannot be read in this locale. Run the command with LC_ALL=C.UTF-8."
                            .formatted(name),
                    null);
        }
        return text;
    }

    static void refuse(List<String> arguments) throws CommandFailure {
        for (int i = 0; i < arguments.size(); i++) {
            refuse(arguments.get(i), "argument " + (i + 1));
        }
    }
}
