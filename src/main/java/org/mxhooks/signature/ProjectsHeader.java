package org.mxhooks.signature;

import java.util.Optional;

/** Headers of the portal's projects webhooks. The signature covers none of them. */
enum ProjectsHeader {
    /** The category subscribed to: {@code sprints} or {@code stories}. */
    EVENT_CATEGORY("MxAPI-Projects-EventCategory"),
    /** A random UUID, one per delivery. */
    DELIVERY("MxAPI-Projects-Delivery"),
    /** The HMAC of the body. */
    SIGNATURE("MxAPI-Signature"),
    /** Version of the payload; {@code 1}. */
    WEBHOOKS_VERSION("MxAPI-Webhooks-Version"),
    /** The date on which that version expires; empty while it is the latest. */
    WEBHOOKS_VERSION_EXPIRY("MxAPI-Webhooks-Version-Expiry");

    private final String text;

    ProjectsHeader(String text) {
        this.text = text;
    }

    /** The name as the portal writes it. */
    String text() {
        return text;
    }

    /** The value in a request. */
    Optional<String> in(RequestHeaders headers) {
        return headers.value(text);
    }
}
