package org.mxhooks.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.mxhooks.signature.BoundedInput;

/**
 * What a command finds around it.
 *
 * @param home where a local mxhooks keeps the secret and the password that it generated
 * @param variables the environment variables
 * @param clock gives the samples their time
 * @param terminal what is looked at
 * @param in read where {@code -} is given for a file
 * @param pause between two looks of who follows
 */
record Environment(
        Path home,
        Map<String, String> variables,
        InstantSource clock,
        Terminal terminal,
        InputStream in,
        Duration pause) {

    private static final String HOME = "MXHOOKS_HOME";
    private static final int MAX_SHOWN = 100;
    private static final int MAX_LINE_BYTES = 1024;

    /** The largest body that a server takes, and the head of its request. */
    private static final int MAX_BYTES = 65 << 20;

    static Environment present(Terminal terminal) throws CommandFailure {
        return new Environment(
                presentHome(), System.getenv(), Clock.systemUTC(), terminal, System.in, Duration.ofSeconds(1));
    }

    /** The setting {@code mxhooks.home}, looked for where the server looks for it. */
    private static Path presentHome() throws CommandFailure {
        Optional<String> home = set(System.getProperty("mxhooks.home")).or(() -> set(System.getenv(HOME)));
        try {
            return home.isPresent()
                    ? Path.of(LocaleCheck.refuse(home.get(), HOME))
                    : Path.of(LocaleCheck.refuse(System.getProperty("user.home"), "the home directory"), ".mxhooks");
        } catch (InvalidPathException e) {
            throw CommandFailure.unusable(
                    "%s is not the name of a directory. Correct it, or unset it.".formatted(HOME), e);
        }
    }

    /** An environment variable; empty counts as unset. */
    Optional<String> variable(String name) throws CommandFailure {
        Optional<String> value = set(variables.get(name));
        return value.isPresent() ? Optional.of(LocaleCheck.refuse(value.get(), name)) : value;
    }

    /** An option, or else its environment variable; empty counts as unset. */
    Optional<String> given(String option, String variable) throws CommandFailure {
        Optional<String> typed = set(option);
        return typed.isPresent() ? typed : variable(variable);
    }

    /** What is set, as a variable or an option: scripts pass empty texts for what they do not have. */
    static Optional<String> set(String value) {
        return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** The bytes of a file, which may have an {@code @} before its name, as of curl; or of the input for {@code -}. */
    byte[] read(String name, String remedy) throws CommandFailure {
        try {
            return name.equals("-") || name.equals("@-") ? BoundedInput.read(in, MAX_BYTES) : read(file(name));
        } catch (IOException | InvalidPathException e) {
            throw CommandFailure.unusable("cannot read %s (%s). %s".formatted(shown(name), reason(e), remedy), e);
        }
    }

    private static byte[] read(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            return BoundedInput.read(bytes, MAX_BYTES);
        }
    }

    /** A line that someone types; empty at the end of the input. */
    String readLine() throws CommandFailure {
        try {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int next = in.read(); next >= 0 && next != '\n' && line.size() < MAX_LINE_BYTES; next = in.read()) {
                line.write(next);
            }
            return line.toString(StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw CommandFailure.unusable("cannot read the answer.", e);
        }
    }

    private static Path file(String name) {
        Path file = Path.of(name);
        return name.startsWith("@") && !Files.exists(file) ? Path.of(name.substring(1)) : file;
    }

    /** Bodies are passed by mistake, and are not to be repeated. */
    private static String shown(String name) {
        return name.length() <= MAX_SHOWN && name.chars().noneMatch(c -> "{}[]\"\n".indexOf(c) >= 0)
                ? "the file " + name
                : "a file of this name; the argument seems to be a body itself, which is read from the input by -";
    }

    /** Why a file cannot be read, in words that hold nothing of its name or content. */
    static String reason(Exception e) {
        if (e instanceof NoSuchFileException) {
            return "no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "no permission to read it";
        }
        if (e instanceof CharacterCodingException) {
            return "it is not text in UTF-8";
        }
        if (e instanceof BoundedInput.TooLargeException) {
            return e.getMessage();
        }
        return e instanceof InvalidPathException ? "not the name of a file" : "not readable; is it a directory?";
    }
}
