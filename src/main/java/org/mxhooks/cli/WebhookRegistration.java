package org.mxhooks.cli;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the portal's webhook of an endpoint is to be. It is known by its URL: a webhook of the same name with another
 * URL may be that of another environment.
 *
 * @param url of the endpoint, as the portal calls it
 * @param name to give; empty for what it has
 * @param eventTypes to subscribe to; empty for what it has
 * @param secret that the endpoint verifies
 * @param nameByDefault of one that is created
 * @param id of one that is to be changed although it has another URL
 */
record WebhookRegistration(
        String url,
        Optional<String> name,
        Optional<Set<String>> eventTypes,
        String secret,
        String nameByDefault,
        Optional<String> id) {

    /** Alerts have a string of their own, which is not published. */
    static final Set<String> EVENT_TYPES = Set.of("package.uploaded", "teamserver.push");

    /**
     * What is to be done.
     *
     * @param id of the webhook; empty where one is to be created
     * @param current as the portal has it
     * @param wanted as it is to have it
     * @param others of the app, which are left alone
     */
    record Plan(Optional<String> id, Optional<Webhook> current, Webhook wanted, Map<String, JsonObject> others) {

        boolean isEmpty() {
            return current.filter(wanted::equals).isPresent();
        }

        /** Whether deliveries will come to another place or with another signature than now. */
        boolean changesDeliveries() {
            return current.filter(webhook -> webhook.secret().equals(wanted.secret())
                            && webhook.url().equals(wanted.url()))
                    .isEmpty();
        }

        List<String> changes() {
            return current.map(webhook -> webhook.changesTo(wanted)).orElse(List.of());
        }
    }

    /** Compares it with the portal's; changes nothing. */
    Plan plan(WebhooksApi portal) throws CommandFailure, InterruptedException {
        Map<String, JsonObject> others = portal.list();
        Optional<String> found = find(others);
        if (found.isEmpty()) {
            return new Plan(Optional.empty(), Optional.empty(), created(), others);
        }
        others.remove(found.get());
        Webhook current = portal.webhook(found.get());
        return new Plan(found, Optional.of(current), changed(current), others);
    }

    private Optional<String> find(Map<String, JsonObject> webhooks) throws CommandFailure {
        if (id.isPresent()) {
            if (!webhooks.containsKey(id.get())) {
                throw CommandFailure.refused("the app has no webhook with the id that --webhook names. It has: %s."
                        .formatted(webhooks.isEmpty() ? "none" : String.join(", ", webhooks.keySet())));
            }
            return id;
        }
        List<String> same = webhooks.entrySet().stream()
                .filter(webhook -> isSame(webhook.getValue().getString("url", "")))
                .map(Map.Entry::getKey)
                .toList();
        if (same.size() > 1) {
            throw CommandFailure.refused(
                    "the app has %s webhooks with this URL: %s. Each event comes more than once; delete all but one in the portal, or name one by --webhook."
                            .formatted(same.size(), String.join(", ", same)));
        }
        return same.stream().findFirst();
    }

    private boolean isSame(String other) {
        return normalized(other).equals(normalized(url));
    }

    /** Without regard to case where a URL has none, and to a slash at its end. */
    private static String normalized(String text) {
        String trimmed = text.replaceFirst("/+$", "");
        try {
            URI uri = URI.create(trimmed);
            int port = uri.getPort() == 443 && "https".equalsIgnoreCase(uri.getScheme()) ? -1 : uri.getPort();
            return uri.getHost() == null
                    ? trimmed
                    : "%s://%s:%s%s"
                            .formatted(uri.getScheme(), uri.getHost(), port, "")
                            .toLowerCase(Locale.ROOT)
                            .concat(String.valueOf(uri.getRawPath()))
                            .concat(Optional.ofNullable(uri.getRawQuery()).orElse(""));
        } catch (IllegalArgumentException noUri) {
            return trimmed;
        }
    }

    private Webhook created() {
        return new Webhook(
                name.orElse(nameByDefault),
                url,
                new TreeSet<>(eventTypes.orElse(EVENT_TYPES)),
                true,
                secret,
                JsonValue.EMPTY_JSON_ARRAY);
    }

    private Webhook changed(Webhook current) {
        return new Webhook(
                name.orElse(current.name()),
                isSame(current.url()) ? current.url() : url,
                eventTypes.orElse(current.eventTypes()),
                true,
                secret,
                current.headers());
    }

    /**
     * Makes the portal have it, and reads what it has then.
     *
     * @throws CommandFailure also if someone changed it since the plan was made, or the portal has something else
     */
    void apply(Plan plan, WebhooksApi portal) throws CommandFailure, InterruptedException {
        if (plan.id().isPresent()) {
            String webhook = plan.id().get();
            demand(
                    portal.webhook(webhook).equals(plan.current().orElseThrow()),
                    "was changed meanwhile by someone else; nothing was changed here",
                    webhook);
            portal.update(webhook, plan.wanted());
        } else {
            portal.create(plan.wanted());
        }
        String stored = find(portal.list())
                .orElseThrow(() -> CommandFailure.refused(
                        "the portal accepted the webhook, but does not list it yet. Run this again with --dry-run."));
        demand(
                portal.webhook(stored).equals(plan.wanted()),
                "is not what was asked for; the portal may still be at it",
                stored);
    }

    private static void demand(boolean condition, String otherwise, String webhook) throws CommandFailure {
        if (!condition) {
            throw CommandFailure.refused(
                    "webhook %s %s. Run this again with --dry-run to see how it is.".formatted(webhook, otherwise));
        }
    }
}
