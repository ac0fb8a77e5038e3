package org.mxhooks.portal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A story.
 *
 * @param key the id as people say it: {@code OD-1001}
 * @param sprint that it is planned for; none in the backlog, and for a sub-story
 * @param parent the story that it is a part of
 * @param version the number of changes, its creation included
 */
record BoardStory(
        long id,
        String key,
        String name,
        Optional<String> description,
        String status,
        String storyType,
        Optional<Long> sprint,
        Optional<Long> parent,
        boolean hasSubStories,
        Instant createdAt,
        Instant updatedAt,
        int version) {

    static final String TO_DO = "To-do";
    static final String RUNNING = "Running";
    static final String DONE = "Done";
    static final List<String> STATUSES = List.of(TO_DO, RUNNING, DONE);

    static final String FEATURE = "Feature";
    static final String BUG = "Bug";
    static final List<String> TYPES = List.of(FEATURE, BUG);

    /** One that is not there yet, in the backlog. */
    static BoardStory named(String name) {
        return new BoardStory(
                0,
                "",
                name,
                Optional.empty(),
                TO_DO,
                FEATURE,
                Optional.empty(),
                Optional.empty(),
                false,
                Instant.EPOCH,
                Instant.EPOCH,
                0);
    }

    static BoardStory of(PortalApp app, ResultSet row) throws SQLException {
        return new BoardStory(
                row.getLong("id"),
                app.storyKey(row.getLong("id")),
                row.getString("name"),
                Optional.ofNullable(row.getString("description")),
                row.getString("status"),
                row.getString("story_type"),
                Cells.number(row, "sprint"),
                Cells.number(row, "parent"),
                row.getBoolean("has_sub_stories"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("updated_at")),
                row.getInt("version"));
    }

    BoardStory described(String text) {
        return with(name, Optional.of(text), status, storyType, sprint, parent);
    }

    BoardStory in(String newStatus) {
        return with(name, description, newStatus, storyType, sprint, parent);
    }

    BoardStory of(String newType) {
        return with(name, description, status, newType, sprint, parent);
    }

    BoardStory plannedFor(Optional<Long> newSprint) {
        return with(name, description, status, storyType, newSprint, parent);
    }

    BoardStory partOf(Optional<Long> newParent) {
        return with(name, description, status, storyType, sprint, newParent);
    }

    BoardStory with(
            String newName,
            Optional<String> newDescription,
            String newStatus,
            String newType,
            Optional<Long> newSprint,
            Optional<Long> newParent) {
        return new BoardStory(
                id,
                key,
                newName,
                newDescription,
                newStatus,
                newType,
                newSprint,
                newParent,
                hasSubStories,
                createdAt,
                updatedAt,
                version);
    }

    BoardStory withSubStories() {
        return new BoardStory(
                id, key, name, description, status, storyType, sprint, parent, true, createdAt, updatedAt, version);
    }

    BoardStory at(long newId, String newKey, Instant created, Instant updated, int newVersion) {
        return new BoardStory(
                newId,
                newKey,
                name,
                description,
                status,
                storyType,
                sprint,
                parent,
                hasSubStories,
                created,
                updated,
                newVersion);
    }
}
