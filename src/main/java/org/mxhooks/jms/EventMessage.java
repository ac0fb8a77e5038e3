package org.mxhooks.jms;

import jakarta.jms.JMSException;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.mxhooks.event.WebhookEvent;
import org.mxhooks.mendix.DecodedBody;
import org.mxhooks.mendix.Resource;

/** An event as a message. */
record EventMessage(WebhookEvent event) {

    /** A broker may refuse longer ones; they are for selecting a message, the body has them whole. */
    private static final int MAX_CHARACTERS = 200;

    /** {@code Json.createObjectBuilder} would search the class path for a provider each time. */
    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    TextMessage in(Session session) throws JMSException {
        TextMessage message = session.createTextMessage(body().toString());
        for (Map.Entry<String, Object> property : properties().entrySet()) {
            message.setObjectProperty(property.getKey(), property.getValue());
        }
        return message;
    }

    /** Named as the accessors of the event; what is absent is left out. */
    JsonObject body() {
        JsonObjectBuilder body = JSON.createObjectBuilder()
                .add("delivery", event.delivery().toString())
                .add("endpoint", event.endpoint())
                .add("position", event.position())
                .add("category", event.category())
                .add("action", event.action())
                .add("replay", event.replay());
        event.portalId().ifPresent(id -> body.add("portalId", id));
        event.appId().ifPresent(id -> body.add("appId", id));
        DecodedBody.resourceOf(event).ifPresent(resource -> {
            body.add("resourceType", resource.type());
            resource.number()
                    .ifPresentOrElse(
                            number -> body.add("resourceId", number), () -> body.add("resourceId", resource.id()));
        });
        event.createdAt().map(Instant::toString).ifPresent(time -> body.add("createdAt", time));
        event.updatedAt().map(Instant::toString).ifPresent(time -> body.add("updatedAt", time));
        return body.add("json", event.json()).build();
    }

    /** What subscribers select by, in the order of the contract. */
    Map<String, Object> properties() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("category", cut(event.category()));
        properties.put("action", cut(event.action()));
        properties.put("endpoint", event.endpoint());
        event.appId().ifPresent(id -> properties.put("appId", cut(id)));
        DecodedBody.resourceOf(event).ifPresent(resource -> {
            properties.put("resourceType", resource.type());
            properties.put("resourceId", id(resource));
            properties.put("JMSXGroupID", cut(resource.orderingKey(event.appId())));
        });
        properties.put("delivery", event.delivery().toString());
        properties.put("replay", event.replay());
        properties.put("_AMQ_DUPL_ID", duplicateId());
        event.traceParent().ifPresent(parent -> properties.put("traceparent", parent));
        event.traceState().ifPresent(state -> properties.put("tracestate", state));
        return properties;
    }

    private static Object id(Resource resource) {
        OptionalLong number = resource.number();
        return number.isPresent() ? (Object) number.getAsLong() : resource.id();
    }

    /** By which Artemis drops a repeat; a replay is none. */
    private String duplicateId() {
        return (event.replay() ? UUID.randomUUID() : event.delivery()).toString();
    }

    private static String cut(String text) {
        return text.length() > MAX_CHARACTERS ? text.substring(0, MAX_CHARACTERS) : text;
    }
}
