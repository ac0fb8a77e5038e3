package org.mxhooks.mirror;

import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObjectBuilder;
import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.mxhooks.event.WebhookEvent;

/** What the mirror keeps of every resource, and the rule by which it takes news. */
@MappedSuperclass
public abstract class MirroredState {

    /** {@code Json.createObjectBuilder} would search the class path for a provider each time. */
    static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    @EmbeddedId
    private ResourceKey key;

    @Column(name = "created_at")
    private OffsetDateTime createdAt;

    @Column(name = "updated_at")
    private OffsetDateTime updatedAt;

    private long position;
    private String delivery;

    @Version
    private long revision;

    protected MirroredState() {}

    MirroredState(ResourceKey key) {
        this.key = key;
        this.position = -1;
    }

    /** Whether an event tells a newer state than this. */
    final boolean isOlderThan(WebhookEvent event) {
        Instant told = event.updatedAt().map(MirroredState::asStored).orElse(Instant.MIN);
        Instant known =
                Optional.ofNullable(updatedAt).map(OffsetDateTime::toInstant).orElse(Instant.MIN);
        int order = told.compareTo(known);
        return order > 0 || order == 0 && event.position() > position;
    }

    final void take(WebhookEvent event) {
        createdAt = utc(event.createdAt());
        updatedAt = utc(event.updatedAt());
        position = event.position();
        delivery = event.delivery().toString();
    }

    final void describe(JsonObjectBuilder json) {
        json.add("appId", key.appId());
        add(json, "createdAt", createdAt);
        add(json, "updatedAt", updatedAt);
        json.add("delivery", delivery);
    }

    final long id() {
        return key.id();
    }

    /** PostgreSQL keeps no NUL in a text; a JSON string may hold one. */
    static String storable(Optional<String> text) {
        return text.map(value -> value.replace('\0', '\uFFFD')).orElse(null);
    }

    /** EclipseLink would write an Instant as a serialized object. */
    static OffsetDateTime utc(Optional<Instant> instant) {
        return instant.map(known -> asStored(known).atOffset(ZoneOffset.UTC)).orElse(null);
    }

    /** Databases keep microseconds: with more, a state would be newer than itself. */
    private static Instant asStored(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS);
    }

    static void add(JsonObjectBuilder json, String name, String value) {
        if (value != null) {
            json.add(name, value);
        }
    }

    static void add(JsonObjectBuilder json, String name, OffsetDateTime value) {
        if (value != null) {
            json.add(name, value.toInstant().toString());
        }
    }
}
