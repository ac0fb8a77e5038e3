package org.mxhooks.http;

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

/** Reads a verified request into what the inbox keeps. Headers decide nothing; what is odd about them, or not understood in the body, is remarked. */
record Reading(String endpoint, Map<String, List<String>> headers, byte[] body) {

    private static final String LATEST_VERSION = "1";

    Arrival arrival() {
        try {
            return decoded(Payload.decode(body), Instant.now());
        } catch (UndecodableBody e) {
            return arrival(nothingDecoded(), headerRemarks(Optional.empty()), Optional.of(e.getMessage()));
        }
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
        String category = header(MendixHeader.EVENT_CATEGORY).orElse("");
        if (knownCategory.isEmpty()) {
            remarks.add("the body names no category; the header %s says '%s', which no signature covers"
                    .formatted(MendixHeader.EVENT_CATEGORY.text(), category));
        } else if (!category.equalsIgnoreCase(knownCategory.get())) {
            remarks.add("the header %s says '%s', the body %s"
                    .formatted(MendixHeader.EVENT_CATEGORY.text(), category, knownCategory.get()));
        }
        if (!header(MendixHeader.DELIVERY).map(Reading::isUuid).orElse(false)) {
            remarks.add("the header %s is missing or no UUID".formatted(MendixHeader.DELIVERY.text()));
        }
        String version = header(MendixHeader.WEBHOOKS_VERSION).orElse("");
        if (!version.equals(LATEST_VERSION)) {
            remarks.add("the header %s says '%s', known is %s"
                    .formatted(MendixHeader.WEBHOOKS_VERSION.text(), version, LATEST_VERSION));
        }
        return remarks;
    }

    private static boolean isUuid(String text) {
        try {
            return UUID.fromString(text).toString().equalsIgnoreCase(text);
        } catch (IllegalArgumentException notAUuid) {
            return false;
        }
    }

    private Optional<String> header(MendixHeader header) {
        return headers.getOrDefault(header.text(), List.of()).stream()
                .findFirst()
                .map(String::strip);
    }
}
