package org.mxhooks.terminal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The terminal of the process, if it has one.
 *
 * @param shows whether standard output is a terminal
 * @param showsProgress whether standard error is a terminal
 * @param colours whether to colour: on a terminal that supports it, unless NO_COLOR is set (no-color.org)
 * @param asks whether a user can be asked for confirmation
 * @param width in columns; unlimited if standard output is no terminal
 */
public record Terminal(boolean shows, boolean showsProgress, boolean colours, boolean asks, int width) {

    public static final Terminal NONE = new Terminal(false, false, false, false, Integer.MAX_VALUE);

    private static final int DEFAULT_WIDTH = 80;
    private static final Pattern ROWS_AND_COLUMNS = Pattern.compile("\\d+ ([1-9]\\d{0,4})\\s*");

    public static Terminal current() {
        boolean shows = isTerminal(1);
        boolean colours =
                shows && variable("NO_COLOR").isEmpty() && !variable("TERM").equals(Optional.of("dumb"));
        boolean showsErrors = isTerminal(2);
        return new Terminal(
                shows, showsErrors, colours, showsErrors && isTerminal(0), shows ? currentWidth() : Integer.MAX_VALUE);
    }

    /**
     * The charset of standard output and error: UTF-8, unless the locale or code page of a terminal names another one
     * that is not ASCII.
     */
    public static Charset charset(boolean terminal) {
        return terminal
                ? Stream.of("stdout.encoding", "sun.stdout.encoding")
                        .map(System::getProperty)
                        .filter(name -> name != null && Charset.isSupported(name))
                        .map(Charset::forName)
                        .filter(charset -> !charset.equals(US_ASCII))
                        .findFirst()
                        .orElse(UTF_8)
                : UTF_8;
    }

    /** Java offers no check of a single standard stream. */
    private static boolean isTerminal(int stream) {
        try {
            Process test = new ProcessBuilder("test", "-t", String.valueOf(stream))
                    .redirectInput(Redirect.INHERIT)
                    .redirectOutput(Redirect.INHERIT)
                    .redirectError(Redirect.INHERIT)
                    .start();
            return ended(test) && test.exitValue() == 0;
        } catch (IOException notUnix) {
            return System.console() != null;
        }
    }

    private static int currentWidth() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .start();
            Matcher size = ROWS_AND_COLUMNS.matcher(
                    ended(stty) ? new String(stty.getInputStream().readAllBytes(), US_ASCII) : "");
            return size.matches() ? Integer.parseInt(size.group(1)) : DEFAULT_WIDTH;
        } catch (IOException notUnix) {
            return DEFAULT_WIDTH;
        }
    }

    private static boolean ended(Process process) {
        try {
            return process.waitFor(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Optional<String> variable(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isEmpty());
    }
}
