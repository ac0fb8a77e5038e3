package org.mxhooks.mendix;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The thing of the portal that a delivery is about, whose events are kept in order.
 *
 * @param type {@code story}, {@code sprint}, {@code branch}, {@code package} or {@code service}, or that of a kind that
 *     another version decodes; cut to 50 characters
 * @param id unique among its type in the app, of a service everywhere; cut to 100 characters
 */
public record Resource(String type, String id) {

    static final String STORY = "story";
    static final String SPRINT = "sprint";
    static final String BRANCH = "branch";
    static final String PACKAGE = "package";

    /** Of an environment: what alerts are about. */
    static final String SERVICE = "service";

    private static final int MAX_TYPE = 50;
    private static final int MAX_ID = 100;

    /** The types whose ids the portal gives out as numbers of 64 bits. */
    private static final Set<String> NUMBERED = Set.of(STORY, SPRINT);

    public Resource {
        type = StorableText.line(type, MAX_TYPE);
        id = StorableText.line(id, MAX_ID);
    }

    /** A resource whose id is a number. */
    public static Resource numbered(String type, long id) {
        return new Resource(type, Long.toString(id));
    }

    /** The id as the number that the portal gave out; empty for a type whose ids are text. */
    public OptionalLong number() {
        return NUMBERED.contains(type) ? OptionalLong.of(Long.parseLong(id)) : OptionalLong.empty();
    }

    /**
     * The text that all events of this resource share: what fails holds back later events of the same key, and a
     * message group is named by it. Two resources whose ids differ only where they are cut share it. That of a service
     * has no app, since older alerts do not name theirs.
     *
     * @param appId of the app that the resource belongs to, where the portal names it
     */
    public String orderingKey(Optional<String> appId) {
        return type + " " + id + " " + (type.equals(SERVICE) ? "" : appId.orElse(""));
    }
}
