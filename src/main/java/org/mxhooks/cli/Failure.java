package org.mxhooks.cli;

import java.io.IOException;
import picocli.CommandLine.ExitCode;

/** Why a command could not be done, in words for the person who typed it, with the remedy. */
final class Failure extends Exception {

    static final int NO_ANSWER = 3;

    private static final long serialVersionUID = 1;

    private final int exitCode;
    private final boolean passing;

    private Failure(int exitCode, boolean passing, String message, Exception cause) {
        super(message, cause);
        this.exitCode = exitCode;
        this.passing = passing;
    }

    /** The server said no. */
    static Failure refused(String message) {
        return new Failure(ExitCode.SOFTWARE, false, message, null);
    }

    /** The server said that it cannot now. */
    static Failure unavailable(String message) {
        return new Failure(ExitCode.SOFTWARE, true, message, null);
    }

    /** What was typed, or what it points to, is of no use. */
    static Failure unusable(String message, Exception cause) {
        return new Failure(ExitCode.USAGE, false, message, cause);
    }

    static Failure noAnswer(Address address, IOException cause) {
        return new Failure(NO_ANSWER, true, NoAnswer.text(address, cause), cause);
    }

    /** A fault of this program. Its own message may hold what was typed, and is left out. */
    static Failure unexpected(Exception cause) {
        String place = cause.getStackTrace().length == 0 ? "" : " at " + cause.getStackTrace()[0];
        return new Failure(
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
