package com.example.spring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Deliveries and the versions of stories. */
@Repository
class Stories {

    private static final String COLUMNS =
            "app_id, story_id, delivery, updated_at, name, description, status, story_type";

    private final JdbcTemplate jdbc;
    private final Deliveries deliveries;
    private final ObjectMapper json;

    Stories(JdbcTemplate jdbc, Deliveries deliveries, ObjectMapper json) {
        this.jdbc = jdbc;
        this.deliveries = deliveries;
        this.json = json;
    }

    /** In one transaction; returns whether it was not kept before. */
    @Transactional
    public boolean keep(UUID delivery, byte[] identity, byte[] body) throws IOException {
        boolean isNew = deliveries.keep("spring_mirror", delivery, identity, body);
        if (isNew) {
            JsonNode event = json.readTree(body);
            JsonNode story = event.path("Story");
            update(
                    event.path("Project").path("AppId").textValue(),
                    story.path("StoryId").longValue(),
                    OffsetDateTime.parse(event.path("Meta").path("UpdatedAt").textValue()),
                    delivery,
                    story);
        }
        return isNew;
    }

    private void update(String app, long id, OffsetDateTime updatedAt, UUID delivery, JsonNode story) {
        List<OffsetDateTime> known = jdbc.queryForList(
                "select updated_at from spring_mirror.story where app_id = ? and story_id = ? for update",
                OffsetDateTime.class,
                app,
                id);
        Object[] state = {
            app,
            id,
            delivery.toString(),
            updatedAt,
            story.path("Name").textValue(),
            story.path("Description").textValue(),
            story.path("Status").textValue(),
            story.path("StoryType").textValue()
        };
        if (known.isEmpty()) {
            jdbc.update("insert into spring_mirror.story (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?)", state);
        } else if (known.get(0).isBefore(updatedAt)) {
            jdbc.update(
                    "insert into spring_mirror.story_version (" + COLUMNS + ", superseded_at) select " + COLUMNS
                            + ", now() from spring_mirror.story where app_id = ? and story_id = ?",
                    app,
                    id);
            jdbc.update(
                    "update spring_mirror.story set delivery = ?, updated_at = ?, name = ?, description = ?,"
                            + " status = ?, story_type = ? where app_id = ? and story_id = ?",
                    state[2],
                    state[3],
                    state[4],
                    state[5],
                    state[6],
                    state[7],
                    app,
                    id);
        } else {
            jdbc.update(
                    "insert into spring_mirror.story_version (" + COLUMNS
                            + ", superseded_at) values (?, ?, ?, ?, ?, ?, ?, ?, now())",
                    state);
        }
    }
}
