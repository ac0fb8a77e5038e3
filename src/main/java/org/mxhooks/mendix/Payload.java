package org.mxhooks.mendix;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.mxhooks.event.WebhookEvent;

/** A decoded body of a projects webhook: what it is about, and the event that it becomes. */
public final class Payload {

    private static final String UNKNOWN = "unknown";
    private static final String STORY = "Story";
    private static final String SPRINT = "Sprint";
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** Json.createParser would look for a provider each time. */
    private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());

    private final JsonFields body;
    private final Optional<Kind> kind;
    private final String category;

    private Payload(JsonFields body, Optional<String> categoryHeader) {
        this.body = body;
        this.kind = Kind.of(body);
        this.category = kind.map(Kind::category)
                .or(() -> categoryHeader.map(Payload::lowerCase))
                .filter(name -> !name.isEmpty())
                .orElse(UNKNOWN);
    }

    /**
     * Decodes a body.
     *
     * @param body the bytes as they arrived: JSON (RFC 8259) in UTF-8
     * @param categoryHeader the portal's category header, believed only where the body names no resource that is known
     * @throws UndecodableBody if the body is not a JSON object, or exceeds the JSON parser's limits of depth and digits
     */
    public static Payload decode(byte[] body, Optional<String> categoryHeader) throws UndecodableBody {
        return new Payload(new JsonFields(parse(body)), categoryHeader);
    }

    /** As {@link WebhookEvent#category()}. */
    public String category() {
        return category;
    }

    /** The category that the signed body itself tells, from the resource in it. */
    public Optional<String> signedCategory() {
        return kind.map(Kind::category);
    }

    /** As {@link WebhookEvent#action()}. */
    public String action() {
        return body.text("Action")
                .map(Payload::lowerCase)
                .filter(name -> !name.isEmpty())
                .orElse(UNKNOWN);
    }

    /** As {@link WebhookEvent#appId()}. */
    public Optional<String> appId() {
        return body.objectOrEmpty("Project").text("AppId");
    }

    /** The story or sprint that the body is about; empty where it has no usable id. */
    public Optional<Resource> resource() {
        return kind.flatMap(known -> {
            OptionalLong id = known.id(known.state(body));
            return id.isPresent() ? Optional.of(new Resource(known.type(), id.getAsLong())) : Optional.empty();
        });
    }

    /** As {@link WebhookEvent#createdAt()}. */
    public Optional<Instant> createdAt() {
        return body.objectOrEmpty("Meta").instant("CreatedAt");
    }

    /** As {@link WebhookEvent#updatedAt()}. */
    public Optional<Instant> updatedAt() {
        return body.objectOrEmpty("Meta").instant("UpdatedAt");
    }

    /** The event that observers are notified of: a story's, a sprint's, or an unknown one. */
    public WebhookEvent toEvent(Provenance provenance) {
        return resource()
                .<WebhookEvent>map(resource -> kind.orElseThrow().event(this, provenance, resource.id()))
                .orElseGet(() -> new DecodedUnknown(this, provenance));
    }

    JsonFields body() {
        return body;
    }

    private static JsonObject parse(byte[] body) throws UndecodableBody {
        try (JsonParser parser = PARSERS.createParser(new StringReader(text(body)))) {
            if (parser.next() != JsonParser.Event.START_OBJECT) {
                throw new UndecodableBody("the body is not a JSON object");
            }
            JsonObject object = parser.getObject();
            if (parser.hasNext()) {
                throw new UndecodableBody("something follows the JSON object");
            }
            return object;
        } catch (RuntimeException e) { // the parser's limits, of depth and digits, are no JsonException
            throw new UndecodableBody("the body cannot be read as JSON: " + e.getMessage());
        }
    }

    /** Strictly UTF-8, which a reader of streams is not: it would put a substitute for what it cannot read. */
    private static String text(byte[] body) throws UndecodableBody {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new UndecodableBody("the body is not UTF-8");
        }
    }

    private static String lowerCase(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    /** The two resources whose payload is published; the body names one by its key, or by its id under {@code Resource}. */
    private enum Kind {
        STORIES(STORY, "StoryId") {
            @Override
            WebhookEvent event(Payload payload, Provenance provenance, long id) {
                return new DecodedStory(payload, provenance, id, state(payload.body));
            }
        },
        SPRINTS(SPRINT, "SprintId") {
            @Override
            WebhookEvent event(Payload payload, Provenance provenance, long id) {
                return new DecodedSprint(payload, provenance, id, state(payload.body));
            }
        };

        private final String key;
        private final String idField;

        Kind(String key, String idField) {
            this.key = key;
            this.idField = idField;
        }

        abstract WebhookEvent event(Payload payload, Provenance provenance, long id);

        static Optional<Kind> of(JsonFields body) {
            return first(kind -> body.has(kind.key))
                    .or(() -> body.object("Resource").flatMap(resource -> first(kind -> resource.has(kind.idField))));
        }

        String category() {
            return lowerCase(name());
        }

        String type() {
            return lowerCase(key);
        }

        OptionalLong id(JsonFields state) {
            return state.number(idField);
        }

        JsonFields state(JsonFields body) {
            return body.object(key).orElseGet(() -> body.objectOrEmpty("Resource"));
        }

        private static Optional<Kind> first(Predicate<Kind> matches) {
            return Arrays.stream(values()).filter(matches).findFirst();
        }
    }
}
