package org.mxhooks.access;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The result of access control: granted, or denied with an answer. */
sealed interface Decision {

    /** The login that the request claims; empty without credentials, or if they were not checked. */
    Optional<Login> from();

    /**
     * The request may pass.
     *
     * @param operator whether the user may change anything; else read-only
     */
    record Granted(Login login, boolean operator) implements Decision {
        @Override
        public Optional<Login> from() {
            return Optional.of(login);
        }
    }

    /**
     * The request is answered with a problem.
     *
     * @param from as {@link Decision#from()}
     * @param status of HTTP
     * @param headers of the answer
     * @param detail what is wrong and what to do, for people
     */
    record Denied(Optional<Login> from, int status, Map<String, String> headers, String detail) implements Decision {

        private static final int UNAUTHORIZED = 401;
        private static final int FORBIDDEN = 403;
        private static final int TOO_MANY_REQUESTS = 429;
        private static final Map<String, String> CHALLENGE =
                Map.of("WWW-Authenticate", "Basic realm=\"mxhooks\", charset=\"UTF-8\"");

        static Denied insecure(String remedy) {
            return new Denied(Optional.empty(), FORBIDDEN, Map.of(), remedy);
        }

        static Denied anonymous() {
            return new Denied(
                    Optional.empty(),
                    UNAUTHORIZED,
                    CHALLENGE,
                    "A user's name and password are required: those of mxhooks.operator.user or mxhooks.viewer.user. A"
                            + " generated password is in operator.password in mxhooks.home.");
        }

        static Denied wrongPassword(Login login) {
            return new Denied(
                    Optional.of(login),
                    UNAUTHORIZED,
                    CHALLENGE,
                    "The name or the password is wrong: those of mxhooks.operator.user or mxhooks.viewer.user are required.");
        }

        static Denied throttled(Login login, Duration retryAfter) {
            return new Denied(
                    Optional.of(login),
                    TOO_MANY_REQUESTS,
                    Map.of("Retry-After", String.valueOf(retryAfter.toSeconds() + 1)),
                    "Too many wrong passwords for this account came from your network; try again later.");
        }

        static Denied readOnly(Login login) {
            return new Denied(
                    Optional.of(login),
                    FORBIDDEN,
                    Map.of(),
                    "A viewer has read-only access; changes require mxhooks.operator.user.");
        }
    }
}
