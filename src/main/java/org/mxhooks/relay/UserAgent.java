package org.mxhooks.relay;

import java.util.Optional;
import org.mxhooks.event.WebhookEvent;

/** How this program names itself. */
final class UserAgent {

    private static final String TEXT = "mxhooks/"
            + Optional.ofNullable(WebhookEvent.class.getPackage().getImplementationVersion())
                    .orElse("unreleased");

    private UserAgent() {}

    static String text() {
        return TEXT;
    }
}
