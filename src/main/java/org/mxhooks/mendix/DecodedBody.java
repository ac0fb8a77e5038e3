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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.mxhooks.event.WebhookEvent;

/** A decoded body: what it is about, and the event that it becomes. */
public final class DecodedBody {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** Stands in a text for what is not UTF-8. */
    private static final char SUBSTITUTE = '\uFFFD';

    /** Json.createParser would look for a provider each time. */
    private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());

    private final Decoding decoding;

    private DecodedBody(Decoding decoding) {
        this.decoding = decoding;
    }

    /**
     * Decodes a body, by the decoder of the webhooks that are signed by a scheme.
     *
     * @param scheme name of the scheme by which the body was verified; one that is not known is taken for the first
     * @param body the bytes as they arrived: JSON (RFC 8259) in UTF-8
     * @throws UndecodableBody if the body is not a JSON object, or exceeds the JSON parser's limits of depth and digits
     */
    public static DecodedBody decode(String scheme, byte[] body) throws UndecodableBody {
        return new DecodedBody(Family.of(scheme).decode(parse(text(body))));
    }

    /**
     * What the body has that is not understood, or was understood by an assumption, and what follows from it for the
     * mirror: sentences for people.
     *
     * @param bytes the body as it arrived
     * @param receivedAt when it arrived
     */
    public List<String> remarks(byte[] bytes, Instant receivedAt) {
        return decoding.remarks(UniqueNames.in(decoding.body().json(), bytes), receivedAt);
    }

    /**
     * What is stored beside the body.
     *
     * @param portalId from a header
     * @param headerRemarks on the request's headers
     * @param bytes the body as it arrived
     * @param receivedAt when it arrived
     */
    public Attributes attributes(
            Optional<String> portalId, List<String> headerRemarks, byte[] bytes, Instant receivedAt) {
        List<String> all = Stream.concat(headerRemarks.stream(), remarks(bytes, receivedAt).stream())
                .toList();
        return attributes(portalId, all, receivedAt);
    }

    /**
     * The attributes of a delivery that an earlier release stored without a resource, by what this one decodes; portal
     * id and remarks remain.
     *
     * @param receivedAt when the body arrived
     */
    public Attributes attributes(Attributes stored, Instant receivedAt) {
        return attributes(stored.portalId(), stored.remarks(), receivedAt);
    }

    private Attributes attributes(Optional<String> portalId, List<String> all, Instant receivedAt) {
        PortalBody body = decoding.body();
        return new Attributes(
                portalId,
                body.category(),
                body.action(),
                body.appId(),
                body.resource(),
                body.createdAt(receivedAt),
                body.updatedAt(receivedAt),
                all,
                Optional.empty());
    }

    /** The event that observers are notified of: of the type of its kind, or an unknown one. */
    public WebhookEvent toEvent(Provenance provenance) {
        return decoding.toEvent(provenance);
    }

    /** The resource of a decoded event; empty for an unknown one. */
    public static Optional<Resource> resourceOf(WebhookEvent event) {
        return event instanceof DecodedEvent decoded ? decoded.resource() : Optional.empty();
    }

    /** The category that the body names. */
    public Optional<String> knownCategory() {
        return decoding.body().knownCategory();
    }

    /** What the body is about; empty where it has no usable id. */
    public Optional<Resource> resource() {
        return decoding.body().resource();
    }

    private static JsonObject parse(String body) throws UndecodableBody {
        try (JsonParser parser = PARSERS.createParser(new StringReader(body))) {
            if (parser.next() != JsonParser.Event.START_OBJECT) {
                throw new UndecodableBody("the body is not a JSON object");
            }
            JsonObject object = parser.getObject();
            if (parser.hasNext()) {
                throw new UndecodableBody("content follows the JSON object");
            }
            return object;
        } catch (RuntimeException e) { // the parser's limits, of depth and digits, are no JsonException
            throw new UndecodableBody("the body cannot be read as JSON: " + e.getMessage());
        }
    }

    private static String text(byte[] body) throws UndecodableBody {
        String text = new String(body, UTF_8);
        if (text.indexOf(SUBSTITUTE) >= 0) {
            demandUtf8(body);
        }
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    /** Where a substitute was sent, nothing was replaced by it. */
    private static void demandUtf8(byte[] body) throws UndecodableBody {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
        } catch (CharacterCodingException e) {
            throw new UndecodableBody("the body is not UTF-8");
        }
    }
}
