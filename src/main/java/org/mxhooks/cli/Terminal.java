package org.mxhooks.cli;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a person looks at, if one does.
 *
 * @param shows whether the output goes to a terminal
 * @param showsProgress whether the errors do
 * @param colours whether the output may be coloured: on a terminal that can, and not with NO_COLOR (no-color.org)
 * @param width in columns; as good as unlimited where the output goes elsewhere
 */
record Terminal(boolean shows, boolean showsProgress, boolean colours, int width) {

    static final Terminal NONE = new Terminal(false, false, false, Integer.MAX_VALUE);

    private static final int USUAL_WIDTH = 80;
    private static final Pattern ROWS_AND_COLUMNS = Pattern.compile("\\d+ ([1-9]\\d{0,4})\\s*");

    static Terminal present() {
        boolean shows = isTerminal(1);
        boolean colours =
                shows && variable("NO_COLOR").isEmpty() && !variable("TERM").equals(Optional.of("dumb"));
        return new Terminal(shows, isTerminal(2), colours, shows ? presentWidth() : Integer.MAX_VALUE);
    }

    /** Java cannot tell one of the standard streams from another. */
    private static boolean isTerminal(int stream) {
        try {
            Process test = new ProcessBuilder("test", "-t", String.valueOf(stream))
                    .redirectOutput(Redirect.INHERIT)
                    .redirectError(Redirect.INHERIT)
                    .start();
            return ended(test) && test.exitValue() == 0;
        } catch (IOException notUnix) {
            return System.console() != null;
        }
    }

    private static int presentWidth() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .start();
            Matcher size = ROWS_AND_COLUMNS.matcher(
                    ended(stty) ? new String(stty.getInputStream().readAllBytes()) : "");
            return size.matches() ? Integer.parseInt(size.group(1)) : USUAL_WIDTH;
        } catch (IOException notUnix) {
            return USUAL_WIDTH;
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
