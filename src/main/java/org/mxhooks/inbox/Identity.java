package org.mxhooks.inbox;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What makes two deliveries of an endpoint the same one: whatever their signatures cover.
 *
 * @param value at most 128 characters
 */
public record Identity(String value) {

    /** For signatures that cover the body alone: its SHA-256, in hex. Another id in a header makes it no news. */
    public static Identity ofBody(byte[] body) {
        try {
            return new Identity(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(body)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
