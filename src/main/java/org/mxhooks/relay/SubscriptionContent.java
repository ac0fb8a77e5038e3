package org.mxhooks.relay;

import static java.util.stream.Collectors.toCollection;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.mxhooks.mendix.AppId;

/**
 * What operators say of a subscription.
 *
 * @param name for people, unique
 * @param url that deliveries are posted to
 * @param version of the payload; {@code 1}
 * @param events categories that it wants, at least one
 * @param apps ids of the apps that it wants; empty for all
 * @param actions that it wants; empty for all
 * @param format how deliveries are signed: the name of a scheme
 * @param headers sent with each delivery
 */
public record SubscriptionContent(
        String name,
        String url,
        String version,
        Set<String> events,
        Set<String> apps,
        Set<String> actions,
        String format,
        Map<String, String> headers) {

    /** The categories of the portal's events, which a subscription may want. */
    public static final List<String> CATEGORIES =
            List.of("alerts", "package.uploaded", "sprints", "stories", "teamserver.push", "unknown");

    /** Filters are compared with what is stored of a delivery: ids of apps in one form, actions in lower case. */
    public SubscriptionContent {
        apps = apps.stream().map(app -> AppId.normalized(app).orElse(app)).collect(toCollection(TreeSet::new));
        actions = actions.stream()
                .map(action -> action.strip().toLowerCase(Locale.ROOT))
                .collect(toCollection(TreeSet::new));
    }

    SubscriptionContent withHeaders(Map<String, String> others) {
        return new SubscriptionContent(name, url, version, events, apps, actions, format, others);
    }

    /** Whether a delivery may be wanted by one of both alone. */
    boolean wantsOtherThan(SubscriptionContent other) {
        return !(events.equals(other.events) && apps.equals(other.apps) && actions.equals(other.actions));
    }

    /** Whether its URL has the scheme, host and port of the other's. */
    boolean goesToHostOf(SubscriptionContent other) {
        return origin(url).equals(origin(other.url));
    }

    private static String origin(String url) {
        return url.replaceFirst("(?s)^([^:]*://[^/?#]*).*$", "$1").toLowerCase(Locale.ROOT);
    }
}
