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
import org.mxhooks.terminal.Terminal;

/**
 * The process environment of a command.
 *
 * @param home the directory with the secret and the password that a local mxhooks generated
 * @param variables the environment variables
 * @param clock the time of samples
 * @param terminal the terminal, if there is one
 * @param in standard input, for {@code -} and for confirmations
 * @param pause between two requests of {@code tail -f} and {@code orders … --wait}
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

    /** The largest possible {@code mxhooks.max-body}, and the headers of a captured request. */
    private static final int MAX_BYTES = 65 << 20;

    static Environment current(Terminal terminal) throws CommandFailure {
        return new Environment(
                currentHome(), System.getenv(), Clock.systemUTC(), terminal, System.in, Duration.ofSeconds(1));
    }

    /** The setting {@code mxhooks.home}, from the sources that the server uses too. */
    private static Path currentHome() throws CommandFailure {
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

    /** An option, otherwise its environment variable; empty counts as unset. */
    Optional<String> given(String option, String variable) throws CommandFailure {
        Optional<String> typed = set(option);
        return typed.isPresent() ? typed : variable(variable);
    }

    /** The value of a variable or an option; empty counts as unset, since scripts pass empty texts. */
    static Optional<String> set(String value) {
        return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** The bytes of a file, with or without the {@code @} of curl before its name; {@code -} is standard input. */
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

    /** A line of standard input; empty at its end. */
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

    /** The argument may be a body, passed by mistake; it is not repeated. */
    private static String shown(String name) {
        return name.length() <= MAX_SHOWN
                        && name.chars().noneMatch(c -> "{}[]\"\n".indexOf(c) >= 0)
                        && !name.contains("whsec_")
                ? "the file " + name
                : "a file of this name; the argument looks like a body or a secret: pass a body through standard input, with -";
    }

    /** Why a file cannot be read, without its name and content. */
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
        return e instanceof InvalidPathException ? "not the name of a file" : "not readable; it may be a directory";
    }
}
