package com.example.jakarta;

import static jakarta.persistence.LockModeType.PESSIMISTIC_WRITE;

import jakarta.ejb.Stateless;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.io.ByteArrayInputStream;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;

/** Keeps deliveries and the versions of stories. */
@Stateless
public class Stories {

    private static final JsonReaderFactory JSON = Json.createReaderFactory(Map.of());

    @PersistenceContext(unitName = "receiver")
    EntityManager entities;

    /** In one transaction. */
    public String keep(byte[] identity, byte[] body) {
        String delivery = UUID.randomUUID().toString();
        OffsetDateTime now = OffsetDateTime.now();
        entities.persist(new Delivery(delivery, identity, now, body));
        JsonObject event = read(body);
        StoryKey key = new StoryKey(
                event.getJsonObject("Project").getString("AppId"),
                event.getJsonObject("Story").getJsonNumber("StoryId").longValue());
        update(key, new StoryState(delivery, event), now);
        return delivery;
    }

    private static JsonObject read(byte[] body) {
        try (JsonReader reader = JSON.createReader(new ByteArrayInputStream(body))) {
            return reader.readObject();
        }
    }

    private void update(StoryKey key, StoryState state, OffsetDateTime now) {
        Story known = entities.find(Story.class, key, PESSIMISTIC_WRITE);
        if (known == null) {
            entities.persist(new Story(key, state));
        } else if (known.isOlderThan(state)) {
            entities.persist(known.version(now));
            known.replaceBy(state);
        } else {
            entities.persist(new StoryVersion(key, state, now));
        }
    }
}
