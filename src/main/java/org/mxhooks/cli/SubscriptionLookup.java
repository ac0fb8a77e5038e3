package org.mxhooks.cli;

import static java.util.stream.Collectors.joining;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.mxhooks.terminal.Fields;

/** Finds what a user names by a subscription's name. Names in an address would be cut at a slash. */
record SubscriptionLookup(Api api) {

    private static final int MAX_NAMES = 30;
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern IN_AN_ADDRESS = Pattern.compile("[A-Za-z0-9._-]+");

    /** The id of a subscription that is given by its id or name. */
    String id(String given) throws CommandFailure, InterruptedException {
        if (ID.matcher(given).matches()) {
            return given;
        }
        List<JsonObject> all = JsonShape.objects(api.get(Api.path("subscriptions"), Map.of()));
        return all.stream()
                .filter(subscription -> Fields.raw(subscription.get("name")).equals(given))
                .map(subscription -> Fields.text(subscription, "id"))
                .findFirst()
                .orElseThrow(() -> CommandFailure.refused(
                        "There is no subscription with this name or id; the subscriptions are: %s."
                                .formatted(names(all))));
    }

    private static String names(List<JsonObject> all) {
        return all.isEmpty()
                ? "none"
                : all.stream()
                                .limit(MAX_NAMES)
                                .map(subscription -> Fields.text(subscription, "name"))
                                .collect(joining(", "))
                        + (all.size() > MAX_NAMES ? ", …" : "");
    }

    /** A consumer as an address takes it; the API knows the names of subscriptions, too. */
    String consumer(String given) throws CommandFailure, InterruptedException {
        return IN_AN_ADDRESS.matcher(given).matches() ? given : "subscription-" + id(given);
    }
}
