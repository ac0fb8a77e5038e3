package org.mxhooks.cli;

import java.util.List;

/**
 * Detects arguments and variables that the JVM could not decode: with the locale C or POSIX it replaces each character
 * beyond ASCII by U+FFFD.
 */
final class LocaleCheck {

    private static final String REPLACEMENT = "\uFFFD";

    private LocaleCheck() {}

    /** Returns the text, or refuses it by the name of its source. */
    static String refuse(String text, String name) throws CommandFailure {
        if (text.contains(REPLACEMENT)) {
            throw CommandFailure.unusable(
                    "%s contains characters that cannot be read in this locale. Run the command with LC_ALL=C.UTF-8."
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
