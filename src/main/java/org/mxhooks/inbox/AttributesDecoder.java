package org.mxhooks.inbox;

import java.time.Instant;
import org.mxhooks.mendix.Attributes;
import org.mxhooks.mendix.UndecodableBody;

/** Decodes the attributes of a delivery that an earlier release logged without knowing what it is about. */
interface AttributesDecoder {

    /**
     * Decodes a body anew.
     *
     * @param scheme that the delivery was verified by
     * @param stored what the earlier release stored
     */
    Attributes decode(String scheme, Attributes stored, byte[] body, Instant receivedAt) throws UndecodableBody;
}
