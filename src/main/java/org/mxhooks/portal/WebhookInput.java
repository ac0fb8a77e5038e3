package org.mxhooks.portal;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks what a webhook is to have. */
final class WebhookInput {

    static final int MAX_NAME = 200;
    static final int MAX_EVENTS = 50;
    static final int MAX_HEADERS = 20;

    private static final int MAX_SECRET = 200;
    private static final int MAX_HEADER = 500;
    private static final Pattern EVENT = Pattern.compile("[a-zA-Z0-9_.-]{1,100}");
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]*");

    private static final Set<String> OURS = Set.of(
            "connection",
            "content-length",
            "content-type",
            "expect",
            "host",
            "transfer-encoding",
            "upgrade",
            "user-agent");
    private static final List<String> OF_SENDERS =
            List.of("x-amz-", "x-google", "x-azure-", "svix-", "webhook-", "mxapi-");

    private static final int MAX_PORT = 65_535;

    private WebhookInput() {}

    static String url(String text) {
        try {
            URI uri = new URI(text);
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            boolean place = uri.getHost() != null && uri.getPort() <= MAX_PORT;
            if (http && place && uri.getRawUserInfo() == null && uri.getRawFragment() == null) {
                return text;
            }
        } catch (URISyntaxException noUrl) {
            // refused below
        }
        throw Rejection.badRequest(
                "url must be an http or https URL without user and fragment, such as http://127.0.0.1:8080/mxhooks/hooks/default.");
    }

    /** @throws Rejection if no key can be derived from it; the message holds nothing of it */
    static String secret(WebhookFamily family, String text) {
        try {
            if (text.length() > MAX_SECRET) {
                throw new IllegalArgumentException("the secret has more than %s characters".formatted(MAX_SECRET));
            }
            family.scheme().key(text);
            return text;
        } catch (IllegalArgumentException e) {
            throw Rejection.badRequest("secret cannot be used: %s.".formatted(e.getMessage()));
        }
    }

    /** Those of its family. */
    static List<String> events(WebhookFamily family, List<String> given) {
        if (given.isEmpty() || !family.events().containsAll(given)) {
            throw Rejection.badRequest("events must be one or more of %s for the family %s."
                    .formatted(String.join(", ", family.events()), family.text()));
        }
        return given.stream().distinct().toList();
    }

    /** Whatever may be the name of one. */
    static boolean isEvent(String text) {
        return EVENT.matcher(text).matches();
    }

    static CustomHeader header(String key, String value) {
        String name = key.toLowerCase(Locale.ROOT);
        if (!TOKEN.matcher(key).matches()
                || OURS.contains(name)
                || OF_SENDERS.stream().anyMatch(name::startsWith)) {
            throw Rejection.badRequest(
                    "headers: a key must be the name of a header that the portal does not set itself.");
        }
        if (value.length() > MAX_HEADER || !HEADER_VALUE.matcher(value).matches()) {
            throw Rejection.badRequest(
                    "headers: a value must have at most %s characters of ASCII, none of them a line break."
                            .formatted(MAX_HEADER));
        }
        return new CustomHeader(key, value);
    }

    static Optional<List<CustomHeader>> headers(JsonInput input) {
        return input.objects("headers", MAX_HEADERS, "key", "value")
                .map(headers -> headers.stream()
                        .map(header -> header(
                                header.requiredText("key", MAX_NAME),
                                header.longText("value", MAX_HEADER).orElse("")))
                        .toList());
    }
}
