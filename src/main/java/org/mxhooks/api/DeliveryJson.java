package org.mxhooks.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.mxhooks.api.JsonObjects.add;
import static org.mxhooks.api.JsonObjects.array;
import static org.mxhooks.api.JsonObjects.object;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.mxhooks.inbox.DeliverySummary;
import org.mxhooks.inbox.LogEntry;
import org.mxhooks.ingest.KeptHeaders;
import org.mxhooks.mendix.Attributes;
import org.mxhooks.mendix.Resource;
import org.mxhooks.operations.DeadLetter;
import org.mxhooks.operations.DeliveryDetail;
import org.mxhooks.operations.FoundDelivery;

/** Deliveries as JSON. */
final class DeliveryJson {

    /** {@code Json.createReader} would search the class path for a provider each time. */
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

    private DeliveryJson() {}

    static JsonObjectBuilder of(FoundDelivery found) {
        return of(found.summary()).add("state", ConsumerJson.text(found.state()));
    }

    /** @param names of subscriptions by consumer */
    static JsonObjectBuilder of(DeadLetter letter, Map<String, String> names) {
        JsonObjectBuilder json = of(letter.summary());
        add(json, "consumer", letter.consumer());
        add(json, "subscription", letter.consumer().map(names::get));
        return json.add("deadAt", letter.deadAt().toString())
                .add("attempts", letter.attempts())
                .add("reason", letter.reason())
                .add("message", letter.message());
    }

    /** A delivery in full. */
    static JsonObjectBuilder of(DeliveryDetail detail, Map<String, String> names) {
        LogEntry entry = detail.entry();
        Attributes attributes = entry.attributes();
        JsonObjectBuilder json = of(entry.summary());
        add(json, "createdAt", attributes.createdAt());
        add(json, "updatedAt", attributes.updatedAt());
        json.add("state", ConsumerJson.text(detail.state()));
        add(json, "undecodable", attributes.undecodable());
        detail.discarded().ifPresent(discarded -> json.add("discarded", ConsumerJson.of(discarded)));
        add(json, "erasedAt", detail.erasedAt());
        json.add("remarks", array(attributes.remarks()));
        json.add("headers", masked(entry.headers()));
        entry.body().ifPresent(body -> addBody(json, body));
        JsonArrayBuilder consumers = array();
        detail.consumers().forEach(state -> consumers.add(ConsumerJson.of(state, names)));
        return json.add("consumers", consumers);
    }

    private static JsonObjectBuilder of(DeliverySummary summary) {
        Attributes attributes = summary.attributes();
        JsonObjectBuilder json = object().add("delivery", summary.delivery().toString())
                .add("endpoint", summary.endpoint())
                .add("receivedAt", summary.receivedAt().toString())
                .add("category", attributes.category())
                .add("action", attributes.action());
        add(json, "appId", attributes.appId());
        attributes.resource().ifPresent(resource -> addResource(json, resource));
        add(json, "portalId", attributes.portalId());
        return json;
    }

    private static void addResource(JsonObjectBuilder json, Resource resource) {
        json.add("resourceType", resource.type());
        resource.number()
                .ifPresentOrElse(number -> json.add("resourceId", number), () -> json.add("resourceId", resource.id()));
    }

    /** Also the headers of deliveries that were logged before headers were masked. */
    private static JsonObjectBuilder masked(String headers) {
        JsonArray mask = array(List.of(KeptHeaders.MASK)).build();
        JsonObjectBuilder masked = object();
        read(headers).forEach((name, values) -> masked.add(name, KeptHeaders.isKept(name) ? values : mask));
        return masked;
    }

    private static JsonObject read(String json) {
        try (JsonReader reader = READERS.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }

    private static void addBody(JsonObjectBuilder json, byte[] body) {
        try {
            json.add("body", UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
        } catch (CharacterCodingException notUtf8) {
            json.add("bodyBase64", Base64.getEncoder().encodeToString(body));
        }
    }
}
