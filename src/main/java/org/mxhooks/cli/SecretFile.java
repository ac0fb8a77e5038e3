package org.mxhooks.cli;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.mxhooks.signature.SecretText;

/**
 * A file that holds a secret or a password.
 *
 * @param kind {@code secret} or {@code password}
 * @param named the file that the user named; its name is shown only after it was read, since users pass secrets by
 *     mistake
 * @param namedBy the option or variable that named it
 * @param generated the file that a local mxhooks generates
 * @param generator who generates it, a sentence without its end
 */
record SecretFile(String kind, Optional<String> named, String namedBy, Path generated, String generator) {

    /** As above, of what each start of a local mxhooks generates. */
    SecretFile(String kind, Optional<String> named, String namedBy, Path generated) {
        this(kind, named, namedBy, generated, "Start mxhooks, which generates it there");
    }

    /** Never empty. */
    String text() throws CommandFailure {
        try {
            String text = SecretText.in(path());
            if (text.isEmpty()) {
                throw CommandFailure.unusable(
                        "no %s in %s (the %s is empty). Write it into the file.".formatted(kind, path(), kind), null);
            }
            return text;
        } catch (IOException | InvalidPathException e) {
            throw named.isPresent() ? notNamed(e) : notGenerated(e);
        }
    }

    private Path path() {
        return named.map(Path::of).orElse(generated);
    }

    /** The file's name; for messages after it was read. */
    @Override
    public String toString() {
        return path().toString();
    }

    private CommandFailure notNamed(Exception cause) {
        return CommandFailure.unusable(
                "%s names no %s file (%s). Pass the name of a file that holds the %s, not the %s itself, and without @ before it."
                        .formatted(namedBy, kind, Environment.reason(cause), kind, kind),
                cause);
    }

    private CommandFailure notGenerated(Exception cause) {
        return CommandFailure.unusable(
                "no %s in %s (%s). %s, or pass --%s-file."
                        .formatted(kind, generated, Environment.reason(cause), generator, kind),
                cause);
    }
}
