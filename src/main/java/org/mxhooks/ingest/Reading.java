package org.mxhooks.ingest;

import static java.lang.System.Logger.Level.ERROR;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.mxhooks.inbox.Arrival;
import org.mxhooks.inbox.Identity;
import org.mxhooks.mendix.Attributes;
import org.mxhooks.mendix.MendixHeader;
import org.mxhooks.mendix.Payload;
import org.mxhooks.mendix.UndecodableBody;
import org.mxhooks.web.SentHeaders;

/**
 * Reads a verified request into what the inbox keeps. Headers decide nothing; what is odd about them, or not understood
 * in the body, is remarked.
 */
record Reading(String endpoint, Map<String, List<String>> headers, byte[] body) {

    private static final System.Logger LOG = System.getLogger(Reading.class.getName());
    private static final String LATEST_VERSION = "1";

    /** How a body is decoded. */
    interface Decoder {
        Payload decode(byte[] body) throws UndecodableBody;
    }

    Arrival arrival() {
        return arrival(Payload::decode);
    }

    /** Keeps an authentic body also where the decoder has a fault. */
    Arrival arrival(Decoder decoder) {
        return new Arrival(endpoint, Identity.ofBody(body), attributes(decoder), KeptHeaders.json(headers), body);
    }

    private Attributes attributes(Decoder decoder) {
        Optional<String> portalId = header(MendixHeader.DELIVERY);
        try {
            Payload payload = decoder.decode(body);
            return payload.attributes(portalId, headerRemarks(payload.knownCategory()), body, Instant.now());
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
        return Attributes.ofUndecodable(portalId, headerRemarks(Optional.empty()), reason);
    }

    private List<String> headerRemarks(Optional<String> knownCategory) {
        List<String> remarks = new ArrayList<>();
        Optional<String> category = header(MendixHeader.EVENT_CATEGORY);
        if (knownCategory.isEmpty()) {
            remarks.add("the body names no category; " + statement(MendixHeader.EVENT_CATEGORY)
                    + (category.isPresent() ? ", which no signature covers" : ""));
        } else if (!category.map(knownCategory.get()::equalsIgnoreCase).orElse(false)) {
            remarks.add("%s, the body %s%s"
                    .formatted(
                            statement(MendixHeader.EVENT_CATEGORY),
                            category.isPresent() ? "" : "says ",
                            knownCategory.get()));
        }
        if (!header(MendixHeader.DELIVERY).map(Reading::isUuid).orElse(false)) {
            remarks.add("the header %s is missing or no UUID".formatted(MendixHeader.DELIVERY.text()));
        }
        if (!header(MendixHeader.WEBHOOKS_VERSION).equals(Optional.of(LATEST_VERSION))) {
            remarks.add("%s, known is %s".formatted(statement(MendixHeader.WEBHOOKS_VERSION), LATEST_VERSION));
        }
        return remarks;
    }

    private String statement(MendixHeader header) {
        return header(header)
                .map(value -> "the header %s says '%s'".formatted(header.text(), value))
                .orElseGet(() -> "the header %s is missing".formatted(header.text()));
    }

    private static boolean isUuid(String text) {
        try {
            return UUID.fromString(text).toString().equalsIgnoreCase(text);
        } catch (IllegalArgumentException notAUuid) {
            return false;
        }
    }

    private Optional<String> header(MendixHeader header) {
        return SentHeaders.values(headers, header.text())
                .flatMap(values -> values.stream().findFirst())
                .map(String::strip);
    }
}
