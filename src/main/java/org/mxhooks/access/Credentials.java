package org.mxhooks.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import org.mxhooks.settings.Account;

/**
 * A user's name and password in HTTP Basic (RFC 7617), in UTF-8. A letter and its accent may come as one character or
 * as two.
 */
final class Credentials {

    private static final String SCHEME = "Basic ";
    private static final int MAX_LENGTH = 4096;

    private final String user;
    private final byte[] both;

    private Credentials(String text) {
        user = text.substring(0, text.indexOf(':'));
        both = bytes(text);
    }

    /** Empty if the header is missing or holds none. */
    static Optional<Credentials> in(String header) {
        if (header == null
                || header.length() > MAX_LENGTH
                || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        try {
            byte[] sent =
                    Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(sent)).toString();
            return text.contains(":") ? Optional.of(new Credentials(text)) : Optional.empty();
        } catch (IllegalArgumentException | CharacterCodingException malformed) {
            return Optional.empty();
        }
    }

    /** Empty if a user's name and password cannot be these. */
    static Optional<Credentials> of(String user, String password) {
        return user.contains(":") || user.length() + password.length() > MAX_LENGTH
                ? Optional.empty()
                : Optional.of(new Credentials(user + ":" + password));
    }

    String user() {
        return user;
    }

    boolean isNamed(Account account) {
        return Account.normalized(user).equals(Account.normalized(account.user()));
    }

    /** Takes as long for a wrong password as for the right one. */
    boolean matches(Account account) {
        return MessageDigest.isEqual(
                bytes(account.user() + ":" + account.password().value()), both);
    }

    private static byte[] bytes(String text) {
        return Account.normalized(text).getBytes(UTF_8);
    }

    @Override
    public String toString() {
        return "****";
    }
}
