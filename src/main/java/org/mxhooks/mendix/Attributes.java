package org.mxhooks.mendix;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is stored beside the bytes of a delivery: by what it is found, selected and kept in order. Texts are cut, and
 * cleaned of what a database refuses; the body has them whole.
 *
 * @param portalId the portal's id for the delivery, from a header that the signature may not cover
 * @param category as in the event
 * @param action as in the event
 * @param appId the app's id
 * @param resource what the delivery is about; empty where that is unknown
 * @param createdAt by the portal's clock
 * @param updatedAt by the portal's clock
 * @param remarks what is missing, malformed, contradictory or not understood, for people
 * @param undecodable why the body is no event; empty if it is one
 */
public record Attributes(
        Optional<String> portalId,
        String category,
        String action,
        Optional<String> appId,
        Optional<Resource> resource,
        Optional<Instant> createdAt,
        Optional<Instant> updatedAt,
        List<String> remarks,
        Optional<String> undecodable) {

    /** Of a delivery whose body names no known category, and its action where it has none. */
    public static final String UNKNOWN = "unknown";

    private static final int MAX_NAME = 100;
    private static final int MAX_PORTAL_ID = 256;
    private static final int MAX_SENTENCE = 500;

    /**
     * Categories that the first release decodes: src/site/markdown/adr/0021-lanes-outlive-the-decoder.md says why a
     * later one does not join them.
     */
    private static final Set<String> CATEGORIES_OF_FIRST_RELEASE =
            Set.of("stories", "sprints", "teamserver.push", "package.uploaded", "alerts");

    public Attributes {
        portalId = portalId.map(text -> StorableText.line(text, MAX_PORTAL_ID));
        category = StorableText.line(category, MAX_NAME);
        action = StorableText.line(action, MAX_NAME);
        appId = appId.map(text -> StorableText.line(text, MAX_NAME));
        remarks = remarks.stream()
                .map(text -> StorableText.clean(text, MAX_SENTENCE))
                .toList();
        undecodable = undecodable.map(text -> StorableText.clean(text, MAX_SENTENCE));
    }

    /** Those of a body that is no event. */
    public static Attributes ofUndecodable(Optional<String> portalId, List<String> remarks, String reason) {
        return new Attributes(
                portalId,
                UNKNOWN,
                UNKNOWN,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                remarks,
                Optional.of(reason));
    }

    /** The {@linkplain Resource#orderingKey ordering key} of the resource; empty where that is unknown. */
    public Optional<String> orderingKey() {
        return resource.map(known -> known.orderingKey(appId));
    }

    /**
     * The text that the lane is a hash of: the ordering key, or category and app where there is no resource. A category
     * that the first release does not decode keeps the lane in which it travels there, as unknown.
     */
    public String laneKey() {
        return CATEGORIES_OF_FIRST_RELEASE.contains(category)
                ? orderingKey().orElseGet(() -> inApp(category))
                : inApp(UNKNOWN);
    }

    private String inApp(String name) {
        return name + " " + appId.orElse("");
    }
}
