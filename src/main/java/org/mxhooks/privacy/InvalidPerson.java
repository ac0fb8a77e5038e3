package org.mxhooks.privacy;

/** Identifiers by which nobody can be erased; the message says why, for people, without repeating them. */
public final class InvalidPerson extends RuntimeException {

    private static final long serialVersionUID = 1;

    InvalidPerson(String message) {
        super(message);
    }
}
