package org.mxhooks.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads secrets and passwords, from values or from files.
 *
 * @param configured where the values are
 * @param problems where those are added that cannot be used
 * @param generated where missing ones are generated; empty if they must be set
 */
record SecretReader(Configured configured, Problems problems, Optional<GeneratedSecrets> generated) {

    private static final int MIN_SAFE_LENGTH = 16;

    /** @param fileName of the {@link GeneratedFile} */
    Optional<Secret> required(String setting, String fileName) {
        Optional<Secret> given = secret(setting);
        if (given.isPresent() || configured.isGiven(setting) || configured.isGiven(setting + "-file")) {
            return given;
        }
        if (generated.isEmpty()) {
            configured.problem(setting, "is missing; set it, or name a file that holds it in " + setting + "-file");
            return Optional.empty();
        }
        if (problems.any()) {
            return Optional.empty();
        }
        try {
            return Optional.of(generated.get().readOrGenerate(fileName));
        } catch (IOException e) {
            configured.problem(setting, "is missing and could not be generated into mxhooks.home: " + e);
            return Optional.empty();
        }
    }

    Optional<Secret> secret(String setting) {
        Optional<String> file = configured.text(setting + "-file");
        Optional<String> value = configured.secret(setting);
        if (file.isPresent() && value.isPresent()) {
            configured.problem(setting, "and " + setting + "-file are both set; keep one");
            return Optional.empty();
        }
        Optional<Secret> secret = file.isPresent() ? secretIn(file.get(), setting + "-file") : value.map(Secret::of);
        secret.ifPresent(given -> warnIfShort(setting, given));
        return secret;
    }

    private Optional<Secret> secretIn(String file, String setting) {
        try {
            Path path = Path.of(file);
            Secret secret = Secret.in(path);
            warnIfOpen(setting, path);
            return Optional.of(secret);
        } catch (IOException e) {
            configured.problem(
                    setting, "names %s, which cannot be read: %s".formatted(fileName(file), FileProblem.of(e)));
        } catch (InvalidPathException e) {
            configured.problem(setting, "is not a file name: " + e.getReason());
        }
        return Optional.empty();
    }

    /** A name that leads nowhere may be the secret itself. */
    private static String fileName(String file) {
        Path directory = Path.of(file).getParent();
        boolean leadsToADirectory = directory != null && directory.getNameCount() > 0 && Files.isDirectory(directory);
        return leadsToADirectory ? "'" + file + "'" : "a file (if it is the secret itself, leave out -file)";
    }

    private void warnIfOpen(String setting, Path file) throws IOException {
        if (Home.isOpen(file)) {
            problems.warn(
                    "{0} names {1}, which users other than its owner may open ({2}): chmod 600, or 400",
                    setting, file, Home.permissions(file));
        }
    }

    private void warnIfShort(String setting, Secret secret) {
        if (secret.value().codePointCount(0, secret.value().length()) < MIN_SAFE_LENGTH) {
            problems.warn(
                    "{0} has fewer than {1} characters and can be guessed; use a longer one",
                    setting, String.valueOf(MIN_SAFE_LENGTH));
        }
    }
}
