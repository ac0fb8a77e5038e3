package org.mxhooks.signature;

import java.util.Locale;

/** Whether a request is authentic. */
public sealed interface Verdict {

    /**
     * The request was signed with one of the secrets.
     *
     * @param key of that secret: one of those that were passed
     */
    record Authentic(HmacKey key) implements Verdict {}

    /**
     * The request is not authentic.
     *
     * @param reason for programs
     * @param detail what is wrong and what to do, for the sender: it names no secret and no expected signature
     */
    record Rejected(Reason reason, String detail) implements Verdict {}

    /** Why a request is not authentic. */
    enum Reason {
        SIGNATURE_MISSING,
        /** The signature is not that of what it covers, or not readable. */
        SIGNATURE_INVALID,
        /** A signed id is missing or not readable. */
        ID_INVALID,
        /** A signed time is missing, not readable, or too far from the clock. */
        TIMESTAMP_INVALID;

        /** The name that metrics use. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
