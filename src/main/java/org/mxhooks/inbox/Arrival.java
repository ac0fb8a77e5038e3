package org.mxhooks.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * An authentic delivery that asks to be kept.
 *
 * @param endpoint name of the endpoint that verified it
 * @param identity what makes it the same delivery when it comes again
 * @param portalId the portal's id for it
 * @param attributes what was decoded from the body
 * @param remarks what was missing, malformed or disagreeing in the headers, for people
 * @param undecodable why the body could not be decoded
 * @param headers every header as a JSON object of arrays
 * @param body the bytes as they arrived
 */
public record Arrival(
        String endpoint,
        Identity identity,
        Optional<String> portalId,
        Attributes attributes,
        List<String> remarks,
        Optional<String> undecodable,
        String headers,
        byte[] body) {

    /** What would break a line of a log or of a terminal, or hide what it says. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

    /**
     * Texts are cut and cleaned of what a database refuses: they are for finding a delivery, the body has them whole.
     */
    public Arrival {
        portalId = portalId.map(text -> line(text, 200));
        remarks = remarks.stream().map(text -> clean(text, 500)).toList();
        undecodable = undecodable.map(text -> clean(text, 500));
        headers = clean(headers, Integer.MAX_VALUE);
    }

    /**
     * What the log is searched by.
     *
     * @param category as in the event
     * @param action as in the event
     * @param appId the app's id
     * @param resource type and number of the resource
     * @param createdAt by the portal's clock
     * @param updatedAt by the portal's clock
     */
    public record Attributes(
            String category,
            String action,
            Optional<String> appId,
            Optional<Resource> resource,
            Optional<Instant> createdAt,
            Optional<Instant> updatedAt) {

        public Attributes {
            category = line(category, 100);
            action = line(action, 100);
            appId = appId.map(text -> line(text, 100));
        }
    }

    /**
     * What events are kept in order by.
     *
     * @param type {@code story} for example
     * @param id unique among its type in the app
     */
    public record Resource(String type, long id) {}

    /**
     * The lane that the delivery travels in, the same for all deliveries about one resource, on every endpoint. Stored
     * with the delivery, so the function may change.
     */
    int lane() {
        String key = attributes
                .resource()
                .map(resource -> resource.type() + " " + resource.id())
                .orElse(attributes.category());
        CRC32 hash = new CRC32();
        hash.update((key + " " + attributes.appId().orElse("")).getBytes(UTF_8));
        return (int) (hash.getValue() % Inbox.LANES);
    }

    private static String line(String text, int most) {
        return CONTROL.matcher(clean(text, most)).replaceAll("\uFFFD");
    }

    /**
     * PostgreSQL keeps no NUL in a text, and UTF-8 has no lone surrogate: both may come out of a JSON string's escapes.
     */
    private static String clean(String text, int most) {
        String cut = text.length() > most ? text.substring(0, most) : text;
        return new String(cut.getBytes(UTF_8), UTF_8).replace('\0', '\uFFFD');
    }
}
