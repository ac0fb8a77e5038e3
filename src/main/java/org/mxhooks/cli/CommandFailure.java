package org.mxhooks.cli;

import java.io.IOException;
import picocli.CommandLine.ExitCode;

/** Why a command could not be done, in words for the person who typed it, with the remedy. */
final class CommandFailure extends Exception {

    static final int NO_ANSWER = 3;

    private static final long serialVersionUID = 1;

    private final int exitCode;
    private final boolean passing;

    private CommandFailure(int exitCode, boolean passing, String message, Exception cause) {
        super(message, cause);
        this.exitCode = exitCode;
        this.passing = passing;
    }

    /** The server said no. */
    static CommandFailure refused(String message) {
        return new CommandFailure(ExitCode.SOFTWARE, false, message, null);
    }

    /** The server said that it cannot now. */
    static CommandFailure unavailable(String message) {
        return new CommandFailure(ExitCode.SOFTWARE, true, message, null);
    }

    /** What was typed, or what it points to, is of no use. */
    static CommandFailure unusable(String message, Exception cause) {
        return new CommandFailure(ExitCode.USAGE, false, message, cause);
    }

    static CommandFailure noAnswer(ServerUrl address, IOException cause) {
        return new CommandFailure(NO_ANSWER, true, NoAnswer.text(address, cause), cause);
    }

    /** A fault of this program. Its own message may hold what was typed, and is left out. */
    static CommandFailure unexpected(Exception cause) {
        String place = cause.getStackTrace().length == 0 ? "" : " at " + cause.getStackTrace()[0];
        return new CommandFailure(
                ExitCode.SOFTWARE,
                false,
                "%s%s, which is a fault of this program: please report it."
                        .formatted(cause.getClass().getName(), place),
                cause);
    }

    int exitCode() {
        return exitCode;
    }

    /** Whether the same may do later. */
    boolean isPassing() {
        return passing;
    }
}
