package org.mxhooks.inbox;

import java.util.HexFormat;

/**
 * What makes two deliveries of an endpoint and a scheme the same one.
 *
 * @param value at most 128 characters
 * @param ofBody whether deliveries of one identity always have the same body
 */
public record Identity(String value, boolean ofBody) {

    private static final int MAX_BYTES = 64;

    /** The identity of a body. */
    public Identity(String value) {
        this(value, true);
    }

    /** As {@link #of(byte[], boolean)}, of a body. */
    public static Identity of(byte[] bytes) {
        return of(bytes, true);
    }

    /**
     * The identity that a scheme derived from what a signature covers.
     *
     * @throws IllegalArgumentException if there are no bytes or more than 64
     */
    public static Identity of(byte[] bytes, boolean ofBody) {
        if (bytes.length == 0 || bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("an identity has 1 to 64 bytes, not " + bytes.length);
        }
        return new Identity(HexFormat.of().formatHex(bytes), ofBody);
    }
}
