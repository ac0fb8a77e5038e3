package org.mxhooks.cli;

import static java.util.stream.Collectors.joining;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.PrintWriter;
import org.mxhooks.terminal.Fields;
import org.mxhooks.terminal.Printable;

/** One subscription in full, for people. */
record SubscriptionReport(JsonObject subscription) {

    void print(PrintWriter out) {
        line(out, "id", Fields.text(subscription, "id"));
        line(out, "name", Fields.text(subscription, "name"));
        line(out, "url", Fields.text(subscription, "url"));
        line(out, "state", state());
        breaker(out, object(subscription, "breaker"));
        line(out, "events", list(subscription, "events"));
        JsonObject filter = object(subscription, "filter");
        line(out, "apps", list(filter, "apps"));
        line(out, "actions", list(filter, "actions"));
        line(out, "format", Fields.text(subscription, "format"));
        line(out, "version", Fields.text(subscription, "version"));
        line(out, "headers", String.join(", ", object(subscription, "headers").keySet()));
        line(out, "fingerprint", Fields.text(subscription, "secretFingerprint"));
        line(out, "created", Fields.time(subscription, "createdAt"));
    }

    private String state() {
        String reason = Fields.text(subscription, "pauseReason");
        String state = Fields.text(subscription, "state");
        return reason.isEmpty() ? state : "%s: %s".formatted(state, reason);
    }

    private static void breaker(PrintWriter out, JsonObject breaker) {
        String since = Fields.time(breaker, "since");
        String state = Fields.text(breaker, "state");
        line(out, "breaker", since.isEmpty() ? state : "%s since %s".formatted(state, since));
        line(out, "next probe", Fields.time(breaker, "nextProbeAt"));
        line(out, "asked to wait", Fields.time(breaker, "waitsUntil"));
        long failures = Fields.number(breaker, "consecutiveFailures");
        line(out, "failed calls", failures == 0 ? "" : "%s in a row".formatted(failures));
        line(out, "cause", Fields.text(breaker, "cause"));
    }

    private static void line(PrintWriter out, String name, String value) {
        if (!value.isEmpty()) {
            out.println("%-14s %s".formatted(name, Printable.line(value)));
        }
    }

    private static JsonObject object(JsonObject of, String name) {
        return of.get(name) instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
    }

    private static String list(JsonObject of, String name) {
        return of.get(name) instanceof JsonArray array
                ? array.stream().map(Fields::raw).collect(joining(", "))
                : "";
    }
}
