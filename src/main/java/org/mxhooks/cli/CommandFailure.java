package org.mxhooks.cli;

import java.io.IOException;
import picocli.CommandLine.ExitCode;

/** Why a command failed, in words for the person who typed it, with the remedy. */
final class CommandFailure extends Exception {

    static final int NO_ANSWER = 3;

    private static final long serialVersionUID = 1;

    private final int exitCode;
    private final boolean temporary;

    private CommandFailure(int exitCode, boolean temporary, String message, Exception cause) {
        super(message, cause);
        this.exitCode = exitCode;
        this.temporary = temporary;
    }

    /** The server refused the request. */
    static CommandFailure refused(String message) {
        return new CommandFailure(ExitCode.SOFTWARE, false, message, null);
    }

    /** The server cannot answer now. */
    static CommandFailure unavailable(String message) {
        return new CommandFailure(ExitCode.SOFTWARE, true, message, null);
    }

    /** Wrong usage, or a file that cannot be read. */
    static CommandFailure unusable(String message, Exception cause) {
        return new CommandFailure(ExitCode.USAGE, false, message, cause);
    }

    /** A request had no answer. */
    static CommandFailure noAnswer(String message, IOException cause) {
        return new CommandFailure(NO_ANSWER, true, message, cause);
    }

    /** A defect of this program. The exception's own message is omitted, since it may contain an argument. */
    static CommandFailure unexpected(Exception cause) {
        String place = cause.getStackTrace().length == 0 ? "" : " at " + cause.getStackTrace()[0];
        return new CommandFailure(
                ExitCode.SOFTWARE,
                false,
                "%s%s. This is a defect of the command line: please report it."
                        .formatted(cause.getClass().getName(), place),
                cause);
    }

    int exitCode() {
        return exitCode;
    }

    /** Whether the same command may succeed later. */
    boolean isTemporary() {
        return temporary;
    }
}
