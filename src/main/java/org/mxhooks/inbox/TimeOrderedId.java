package org.mxhooks.inbox;

import java.security.SecureRandom;
import java.util.UUID;

/** Makes UUIDs of version 7, RFC 9562: 48 bits of time in milliseconds, the rest random. */
final class TimeOrderedId {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final long VERSION = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private TimeOrderedId() {}

    static UUID at(long millis) {
        long most = millis << 16 | VERSION | RANDOM.nextInt() & 0xfff;
        return new UUID(most, VARIANT | RANDOM.nextLong() >>> 2);
    }
}
