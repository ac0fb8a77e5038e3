package org.mxhooks.portal;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mxhooks.signature.Scheme;
import org.mxhooks.signature.Schemes;

/** The portal's two families of webhooks, each signed in a way of its own. */
enum WebhookFamily {
    /** Sprints and stories. */
    PROJECTS("projects", "", List.of("stories", "sprints")),
    /** Pushes, packages and alerts. The name of alerts was never published; this one is ours. */
    DEPLOYMENT("standard-webhooks", "whsec_", List.of("teamserver.push", "package.uploaded", "alert"));

    private static final int SECRET_BYTES = 32;

    private final Scheme scheme;
    private final String secretPrefix;
    private final List<String> events;

    WebhookFamily(String scheme, String secretPrefix, List<String> events) {
        this.scheme = Schemes.of(scheme);
        this.secretPrefix = secretPrefix;
        this.events = events;
    }

    static Optional<WebhookFamily> named(String text) {
        return Arrays.stream(values())
                .filter(family -> family.text().equals(text))
                .findFirst();
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    Scheme scheme() {
        return scheme;
    }

    List<String> events() {
        return events;
    }

    String randomSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return secretPrefix + Base64.getEncoder().encodeToString(bytes);
    }
}
