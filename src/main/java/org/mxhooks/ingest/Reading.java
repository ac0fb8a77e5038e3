package org.mxhooks.ingest;

import static java.lang.System.Logger.Level.ERROR;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mxhooks.inbox.Arrival;
import org.mxhooks.inbox.Identity;
import org.mxhooks.mendix.Attributes;
import org.mxhooks.mendix.DecodedBody;
import org.mxhooks.mendix.UndecodableBody;
import org.mxhooks.signature.Scheme;
import org.mxhooks.signature.SignedRequest;
import org.mxhooks.web.SentHeaders;

/**
 * Converts a verified request to an arrival for the inbox. Unexpected headers, and parts of the body that cannot be
 * decoded, become remarks.
 */
record Reading(String endpoint, Scheme scheme, Map<String, List<String>> headers, byte[] body) {

    private static final System.Logger LOG = System.getLogger(Reading.class.getName());

    /** How a body is decoded. */
    interface Decoder {
        DecodedBody decode(String scheme, byte[] body) throws UndecodableBody;
    }

    Arrival arrival() {
        return arrival(DecodedBody::decode);
    }

    /** Keeps an authentic body also where the decoder has a fault. */
    Arrival arrival(Decoder decoder) {
        return new Arrival(
                endpoint,
                scheme.name(),
                Identity.of(scheme.identity(new SignedRequest(this::header, body)), scheme.isBodyIdentity()),
                attributes(decoder),
                KeptHeaders.json(headers),
                body);
    }

    private Attributes attributes(Decoder decoder) {
        Optional<String> portalId = scheme.claims(this::header).id();
        try {
            DecodedBody payload = decoder.decode(scheme.name(), body);
            return payload.attributes(
                    portalId, scheme.remarks(this::header, payload.knownCategory()), body, Instant.now());
        } catch (UndecodableBody e) {
            return undecodable(portalId, e.getMessage());
        } catch (RuntimeException e) {
            LOG.log(
                    ERROR,
                    () ->
                            "The decoder failed on a delivery on endpoint %s; it is kept as a dead letter. Please report this."
                                    .formatted(endpoint),
                    e);
            return undecodable(portalId, "the decoder failed: " + e.getClass().getName());
        }
    }

    private Attributes undecodable(Optional<String> portalId, String reason) {
        return Attributes.ofUndecodable(portalId, scheme.remarks(this::header, Optional.empty()), reason);
    }

    /** As the signature was verified with. */
    private Optional<String> header(String name) {
        return SentHeaders.value(headers, name).map(String::strip);
    }
}
