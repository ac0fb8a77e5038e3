package org.mxhooks.cli;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import org.mxhooks.terminal.Colour;
import org.mxhooks.terminal.Fields;
import org.mxhooks.terminal.Printable;
import org.mxhooks.terminal.Terminal;

/** One delivery in full, for people. */
final class DeliveryReport {

    private static final List<String> FIELDS = List.of(
            "delivery",
            "state",
            "endpoint",
            "receivedAt",
            "category",
            "action",
            "appId",
            "resourceType",
            "resourceId",
            "portalId",
            "createdAt",
            "updatedAt",
            "undecodable");
    private static final List<String> CONSUMER_FIELDS = List.of("due", "reason", "message");

    private final JsonObject delivery;
    private final Terminal terminal;

    DeliveryReport(JsonObject delivery, Terminal terminal) {
        this.delivery = delivery;
        this.terminal = terminal;
    }

    void print(PrintWriter out) {
        FIELDS.forEach(name -> field(out, "", name, delivery));
        list("remarks").forEach(remark -> line(out, "", "remark", Printable.line(Fields.raw(remark))));
        List<JsonObject> consumers = list("consumers").stream()
                .filter(JsonObject.class::isInstance)
                .map(JsonValue::asJsonObject)
                .toList();
        if (!consumers.isEmpty()) {
            out.println();
            out.println("Consumers:");
            consumers.forEach(consumer -> print(out, consumer));
        }
        JsonValue headers = delivery.get("headers");
        if (headers instanceof JsonObject object) {
            out.println();
            out.println("Headers, which no signature covers:");
            object.forEach((name, values) -> out.println("  %s: %s".formatted(Printable.line(name), joined(values))));
        }
        out.println();
        out.println(body());
    }

    private void print(PrintWriter out, JsonObject consumer) {
        String state = Fields.text(consumer, "state");
        long attempts = Fields.number(consumer, "attempts");
        String subscription = Fields.text(consumer, "subscription");
        out.println("  %s%s: %s%s%s"
                .formatted(
                        Fields.text(consumer, "consumer"),
                        subscription.isEmpty() ? "" : " (" + subscription + ")",
                        terminal.colours() ? Colour.ofState(state, state) : state,
                        consumer.getBoolean("replay", false) ? " (replay)" : "",
                        attempts == 0 ? "" : ", failed attempts: " + attempts));
        CONSUMER_FIELDS.forEach(name -> field(out, "    ", name, consumer));
        if (consumer.get("waiting") instanceof JsonObject waiting) {
            line(out, "    ", "waits since", Fields.text(waiting, "since"));
            line(out, "    ", "next try", Fields.text(waiting, "nextTry"));
            List.of("reason", "message").forEach(name -> field(out, "    ", name, waiting));
        }
        if (consumer.containsKey("trace")) {
            out.println(Printable.lines(Fields.raw(consumer.get("trace")))
                    .strip()
                    .indent(6)
                    .stripTrailing());
        }
    }

    private void field(PrintWriter out, String indent, String name, JsonObject object) {
        String value = Fields.text(object, name);
        if (!value.isEmpty()) {
            line(out, indent, name, value);
        }
    }

    private void line(PrintWriter out, String indent, String name, String value) {
        out.println("%s%-13s %s".formatted(indent, name, value));
    }

    private String body() {
        if (delivery.containsKey("body")) {
            return "Body:%n%s"
                    .formatted(Printable.lines(Fields.raw(delivery.get("body"))).stripTrailing());
        }
        return delivery.containsKey("bodyBase64")
                ? "Body, not UTF-8, in Base64:%n%s".formatted(Fields.text(delivery, "bodyBase64"))
                : "The body was removed after mxhooks.retention.";
    }

    private JsonArray list(String name) {
        return delivery.get(name) instanceof JsonArray array ? array : JsonValue.EMPTY_JSON_ARRAY;
    }

    private static String joined(JsonValue values) {
        return values instanceof JsonArray array
                ? array.stream().map(Fields::raw).map(Printable::line).collect(Collectors.joining(", "))
                : Printable.line(Fields.raw(values));
    }
}
