package org.mxhooks.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.zip.CRC32;
import org.mxhooks.mendix.Attributes;
import org.mxhooks.mendix.StorableText;

/**
 * An authentic delivery that is to be appended.
 *
 * @param endpoint name of the endpoint that verified it
 * @param scheme by which it was verified
 * @param identity what makes a repetition of it a duplicate
 * @param attributes what is stored beside the bytes
 * @param headers every header as a JSON object of arrays
 * @param body the bytes as they arrived
 */
public record Arrival(
        String endpoint, String scheme, Identity identity, Attributes attributes, String headers, byte[] body) {

    public Arrival {
        headers = StorableText.clean(headers, Integer.MAX_VALUE);
    }

    /**
     * The lane that the delivery travels in, the same for all deliveries about one resource, on every endpoint. Stored
     * with the delivery, so the function may change.
     */
    int lane() {
        CRC32 hash = new CRC32();
        hash.update(attributes.laneKey().getBytes(UTF_8));
        return (int) (hash.getValue() % Place.LANES);
    }
}
