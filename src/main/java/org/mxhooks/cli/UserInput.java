package org.mxhooks.cli;

import java.util.regex.Pattern;

/** User input in messages: only numbers and times are shown, since anything else may be a secret in the wrong place. */
final class UserInput {

    private static final Pattern NUMBER_OR_TIME = Pattern.compile("[-+]?[0-9][-+0-9:.,TZtz ]{0,34}");

    private UserInput() {}

    static String shown(String text) {
        return text != null && NUMBER_OR_TIME.matcher(text.strip()).matches()
                ? "; was '%s'".formatted(text.strip())
                : "";
    }
}
