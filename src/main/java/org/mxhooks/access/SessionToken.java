package org.mxhooks.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.mxhooks.settings.Account;

/**
 * A random token in a cookie. What is stored, and what forms send back, are hashes of it, so that neither the database
 * nor a page reveals it.
 */
record SessionToken(String value) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final String FORM = "[A-Za-z0-9_-]{43}";

    static SessionToken random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new SessionToken(BASE64.encodeToString(bytes));
    }

    /** Empty if the value of a cookie is not one. */
    static Optional<SessionToken> of(String value) {
        return value.matches(FORM) ? Optional.of(new SessionToken(value)) : Optional.empty();
    }

    /** Identifies the session in the database. */
    byte[] key() {
        return hash("session ");
    }

    /**
     * Binds the session to its user's name and password. Nobody can guess the password by it who has not the token, and
     * the database has only {@link #key()}.
     */
    String bound(Account account) {
        return bound("account " + account.user() + ":" + account.password().value());
    }

    /** As {@link #bound(Account)}, to whatever lets a user in. */
    String bound(String entitlement) {
        return HexFormat.of().formatHex(hash(entitlement + " "));
    }

    /** What forms send back. */
    String formToken() {
        return derived("form");
    }

    /**
     * A value for one purpose, which reveals neither the token nor the value for another: 43 letters, digits, - and _.
     */
    String derived(String purpose) {
        return BASE64.encodeToString(hash(purpose + " "));
    }

    /** Whether a form sent back what it was given; compared in constant time. */
    boolean isAnsweredBy(String formToken) {
        return MessageDigest.isEqual(formToken().getBytes(UTF_8), formToken.getBytes(UTF_8));
    }

    private byte[] hash(String purpose) {
        try {
            return MessageDigest.getInstance("SHA-256").digest((purpose + value).getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "****";
    }
}
