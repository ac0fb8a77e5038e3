package org.mxhooks.cli;

import java.util.Optional;
import java.util.regex.Pattern;
import org.mxhooks.signature.SecretText;

/**
 * A personal access token of the portal.
 *
 * @param text the token; never shown
 * @param source where it was found, for messages
 */
record PortalToken(String text, String source) {

    static final String VARIABLE = "MXHOOKS_PORTAL_TOKEN";
    static final String FILE_VARIABLE = VARIABLE + "_FILE";

    /** What a header can carry. */
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

    /** From the file that an option names, otherwise from the variables: an argument is visible to all processes. */
    static PortalToken read(Environment environment, String option, String tokenFile) throws CommandFailure {
        Optional<String> typed = Environment.set(tokenFile);
        Optional<String> file = typed.isPresent() ? typed : environment.variable(FILE_VARIABLE);
        if (file.isPresent()) {
            SecretFile secret =
                    new SecretFile("token", file, typed.isPresent() ? option : FILE_VARIABLE, environment.home());
            return checked(secret.text(), secret.toString());
        }
        return checked(
                environment
                        .variable(VARIABLE)
                        .map(SecretText::of)
                        .orElseThrow(() -> CommandFailure.unusable(
                                "no token of the portal. Pass %s, or set %s or %s."
                                        .formatted(option, FILE_VARIABLE, VARIABLE),
                                null)),
                VARIABLE);
    }

    private static PortalToken checked(String text, String source) throws CommandFailure {
        String token = text.strip();
        if (!TOKEN.matcher(token).matches()) {
            throw CommandFailure.unusable(
                    "%s does not hold a token: it has spaces, line breaks or characters beyond ASCII. Write the token alone."
                            .formatted(source),
                    null);
        }
        return new PortalToken(token, source);
    }

    /** The value of the header. */
    String authorization() {
        return "MxToken " + text;
    }

    /** The source. */
    @Override
    public String toString() {
        return source;
    }
}
