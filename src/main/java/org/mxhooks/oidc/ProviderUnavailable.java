package org.mxhooks.oidc;

/** The provider does not answer, or not as an OpenID provider does. */
public final class ProviderUnavailable extends Exception {

    private static final long serialVersionUID = 1;

    ProviderUnavailable(String message) {
        super(message);
    }

    ProviderUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
