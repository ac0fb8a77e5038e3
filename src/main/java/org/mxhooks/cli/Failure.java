package org.mxhooks.cli;

import static picocli.CommandLine.ExitCode.USAGE;

/** Why a command could not be done, in words for the person who typed it, with the remedy. */
final class Failure extends Exception {

    private static final long serialVersionUID = 1;
    private static final int NO_ANSWER = 3;

    private final int exitCode;

    private Failure(int exitCode, String message, Exception cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** What was typed, or what it points to, is of no use. */
    static Failure unusable(String message, Exception cause) {
        return new Failure(USAGE, message, cause);
    }

    static Failure noAnswer(String message, Exception cause) {
        return new Failure(NO_ANSWER, message, cause);
    }

    int exitCode() {
        return exitCode;
    }
}
