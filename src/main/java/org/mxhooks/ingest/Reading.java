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
        try {
            return decoded(decoder.decode(body), Instant.now());
        } catch (UndecodableBody e) {
            return undecodable(e.getMessage());
        } catch (RuntimeException e) {
            LOG.log(
                    ERROR,
                    () ->
                            "The decoder failed on a delivery on endpoint %s; it is kept as a dead letter. Please report this."
                                    .formatted(endpoint),
                    e);
            return undecodable("the decoder failed: " + e.getClass().getName());
        }
    }

    private Arrival undecodable(String reason) {
        return arrival(nothingDecoded(), headerRemarks(Optional.empty()), Optional.of(reason));
    }

    private Arrival decoded(Payload payload, Instant receivedAt) {
        Arrival.Attributes attributes = new Arrival.Attributes(
                payload.category(),
                payload.action(),
                payload.appId(),
                payload.resource().map(resource -> new Arrival.Resource(resource.type(), resource.id())),
                payload.createdAt(receivedAt),
                payload.updatedAt(receivedAt));
        List<String> remarks = headerRemarks(payload.knownCategory());
        remarks.addAll(payload.remarks(body, receivedAt));
        return arrival(attributes, remarks, Optional.empty());
    }

    private Arrival arrival(Arrival.Attributes attributes, List<String> remarks, Optional<String> undecodable) {
        return new Arrival(
                endpoint,
                Identity.ofBody(body),
                header(MendixHeader.DELIVERY),
                attributes,
                remarks,
                undecodable,
                KeptHeaders.json(headers),
                body);
    }

    private static Arrival.Attributes nothingDecoded() {
        return new Arrival.Attributes(
                "unknown", "unknown", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
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
