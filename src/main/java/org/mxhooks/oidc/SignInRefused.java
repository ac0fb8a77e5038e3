package org.mxhooks.oidc;

/** A sign-in that came to nothing; the message says why, and may hold text of the provider. */
public final class SignInRefused extends Exception {

    private static final long serialVersionUID = 1;

    SignInRefused(String message) {
        super(message);
    }

    SignInRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
