package org.mxhooks.settings;

import java.util.Arrays;
import java.util.regex.Pattern;

/** The file of a generated secret in the home. */
enum GeneratedFile {
    ENDPOINT_SECRET("endpoint-%s.secret"),
    OPERATOR_PASSWORD("operator.password"),
    RELAY_KEY("relay.key");

    /** Ends the name of a draft, which is that of its file with a number. */
    static final String DRAFT = ".tmp";

    private final String format;
    private final Pattern nameOrCopy;
    private final Pattern draft;

    /** @param format with {@code %s} for the name of the secret's owner, if there are several */
    GeneratedFile(String format) {
        this.format = format;
        String name = format.replace(".", "\\.").replace("%s", ".*");
        nameOrCopy = Pattern.compile(name + ".*");
        draft = Pattern.compile(name + "\\d+" + Pattern.quote(DRAFT));
    }

    /** @param owner the endpoint, where each has one */
    String fileName(String... owner) {
        return format.formatted((Object[]) owner);
    }

    /** Whether a file has the name of such a file, or one that begins so, as drafts and copies have. */
    static boolean isNameOrCopy(String fileName) {
        return Arrays.stream(values())
                .anyMatch(file -> file.nameOrCopy.matcher(fileName).matches());
    }

    /** Whether a file is a draft of such a file. */
    static boolean isDraft(String fileName) {
        return Arrays.stream(values())
                .anyMatch(file -> file.draft.matcher(fileName).matches());
    }
}
