package org.mxhooks.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a command finds around it.
 *
 * @param home where a local mxhooks keeps the secret and the password that it generated
 * @param clock gives the samples their time
 * @param terminal what is looked at
 * @param in read where {@code -} is given for a file
 * @param pause between two looks of who follows
 */
record Surroundings(Path home, InstantSource clock, Terminal terminal, InputStream in, Duration pause) {

    static Surroundings present() {
        return new Surroundings(presentHome(), Clock.systemUTC(), Terminal.present(), System.in, Duration.ofSeconds(1));
    }

    /** The setting {@code mxhooks.home}, looked for where the server looks for it. */
    private static Path presentHome() {
        return Stream.of(System.getProperty("mxhooks.home"), System.getenv("MXHOOKS_HOME"))
                .filter(Objects::nonNull)
                .filter(value -> !value.isBlank())
                .findFirst()
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".mxhooks"));
    }

    /** The bytes of a file, or of the input for {@code -}. */
    byte[] read(String name, String remedy) throws Failure {
        try {
            return name.equals("-") ? in.readAllBytes() : Files.readAllBytes(Path.of(name));
        } catch (IOException | InvalidPathException e) {
            throw Failure.unusable("cannot read the file %s (%s). %s".formatted(name, reason(e), remedy), e);
        }
    }

    /** What a file holds; editors and echo end it with a line end that nobody typed into the portal. */
    static String secretIn(Path file) throws IOException {
        return Files.readString(file).replaceFirst("\\r?\\n\\z", "");
    }

    static String reason(Exception e) {
        return e instanceof NoSuchFileException ? "no such file" : e.toString();
    }
}
