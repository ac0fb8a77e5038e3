package org.mxhooks.portal;

/** Why the program cannot do what was asked for, in words for the person who typed it, with the remedy. */
final class PortalFailure extends Exception {

    private static final long serialVersionUID = 1;

    PortalFailure(String message, Throwable cause) {
        super(message, cause);
    }

    PortalFailure(String message) {
        this(message, null);
    }
}
