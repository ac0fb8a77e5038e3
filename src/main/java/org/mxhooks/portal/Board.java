package org.mxhooks.portal;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Apps with their sprints and stories. Each change puts its event into the outbox, in the same transaction. */
final class Board {

    static final int MAX_STORIES = 5_000;

    private static final long FIRST_STORY = 1_000;
    private static final int MAX_PREFIX = 4;

    /** Who changes something, and when. */
    record Edit(Person person, Instant at) {}

    private final Outbox outbox;

    Board(Outbox outbox) {
        this.outbox = outbox;
    }

    List<PortalApp> apps(PortalTransaction transaction) throws SQLException {
        return transaction.list("select * from app order by seq", PortalApp::of);
    }

    Optional<PortalApp> findApp(PortalTransaction transaction, String id) throws SQLException {
        return transaction.first("select * from app where id = ?", PortalApp::of, id);
    }

    PortalApp app(PortalTransaction transaction, String id) throws SQLException {
        return findApp(transaction, id).orElseThrow(() -> Rejection.notFound("app"));
    }

    PortalApp createApp(PortalTransaction transaction, String id, String name, Instant at) throws SQLException {
        transaction.update(
                "insert into app (id, name, prefix, created_at, stories, sprints, packages) values (?, ?, ?, ?, ?, 0, 0)",
                id,
                name,
                prefix(name),
                at.toEpochMilli(),
                FIRST_STORY);
        return changed(transaction, app(transaction, id));
    }

    PortalApp renameApp(PortalTransaction transaction, String id, String name) throws SQLException {
        app(transaction, id);
        transaction.update("update app set name = ? where id = ?", name, id);
        return changed(transaction, app(transaction, id));
    }

    private static PortalApp changed(PortalTransaction transaction, PortalApp app) {
        transaction.changed(FeedItem.changed("app", app.id(), app.id(), app));
        return app;
    }

    /** The first letters of its words. */
    private static String prefix(String name) {
        StringBuilder prefix = new StringBuilder();
        for (String word : name.split("[^\\p{L}\\p{N}]+")) {
            if (!word.isEmpty() && prefix.codePointCount(0, prefix.length()) < MAX_PREFIX) {
                prefix.appendCodePoint(Character.toUpperCase(word.codePointAt(0)));
            }
        }
        return prefix.isEmpty() ? "APP" : prefix.toString();
    }

    List<BoardSprint> sprints(PortalTransaction transaction, PortalApp app) throws SQLException {
        return transaction.list("select * from sprint where app = ? order by id", BoardSprint::of, app.id());
    }

    BoardSprint sprint(PortalTransaction transaction, PortalApp app, long id) throws SQLException {
        return transaction
                .first("select * from sprint where app = ? and id = ?", BoardSprint::of, app.id(), id)
                .orElseThrow(() -> Rejection.notFound("sprint in this app"));
    }

    BoardSprint createSprint(PortalTransaction transaction, PortalApp app, Edit edit, BoardSprint wanted)
            throws SQLException {
        Instant at = Instant.ofEpochMilli(edit.at().toEpochMilli());
        BoardSprint sprint = wanted.at(next(transaction, app, "sprints"), at, at, 1);
        transaction.update(
                """
                insert into sprint (app, id, name, status, start_date, end_date, created_at, updated_at, version)
                values (?, ?, ?, ?, ?, ?, ?, ?, 1)
                """,
                app.id(),
                sprint.id(),
                sprint.name(),
                sprint.status(),
                sprint.startDate().map(Instant::toEpochMilli),
                sprint.endDate().map(Instant::toEpochMilli),
                at.toEpochMilli(),
                at.toEpochMilli());
        return posted(transaction, app, edit, ProjectsPayload.CREATED, sprint);
    }

    /** Changes a sprint; one that is as wanted already is not changed, and there is no event. */
    BoardSprint changeSprint(
            PortalTransaction transaction, PortalApp app, Edit edit, long id, UnaryOperator<BoardSprint> change)
            throws SQLException {
        BoardSprint present = sprint(transaction, app, id);
        BoardSprint wanted = change.apply(present);
        if (wanted.equals(present)) {
            return present;
        }
        BoardSprint sprint =
                wanted.at(id, present.createdAt(), Outbox.later(edit.at(), present.updatedAt()), present.version() + 1);
        transaction.update(
                "update sprint set name = ?, status = ?, start_date = ?, end_date = ?, updated_at = ?, version = ? where app = ? and id = ?",
                sprint.name(),
                sprint.status(),
                sprint.startDate().map(Instant::toEpochMilli),
                sprint.endDate().map(Instant::toEpochMilli),
                sprint.updatedAt().toEpochMilli(),
                sprint.version(),
                app.id(),
                id);
        return posted(transaction, app, edit, ProjectsPayload.UPDATED, sprint);
    }

    private BoardSprint posted(
            PortalTransaction transaction, PortalApp app, Edit edit, String action, BoardSprint sprint)
            throws SQLException {
        transaction.changed(FeedItem.changed("sprint", app.id(), sprint.id(), sprint));
        outbox.post(
                transaction,
                new Outbox.Event(
                        app,
                        WebhookFamily.PROJECTS,
                        "sprints",
                        "sprint/" + sprint.id(),
                        "Sprint “%s” %s".formatted(sprint.name(), action),
                        ProjectsPayload.of(app, edit.person(), action, sprint)));
        return sprint;
    }

    /** The newest of them, by id. */
    List<BoardStory> stories(PortalTransaction transaction, PortalApp app, String condition, Object... values)
            throws SQLException {
        Object[] all = new Object[values.length + 2];
        all[0] = app.id();
        System.arraycopy(values, 0, all, 1, values.length);
        all[values.length + 1] = MAX_STORIES;
        return transaction.list(
                "select * from (select * from story where app = ? and %s order by id desc limit ?) order by id"
                        .formatted(condition),
                row -> BoardStory.of(app, row),
                all);
    }

    BoardStory story(PortalTransaction transaction, PortalApp app, long id) throws SQLException {
        return stories(transaction, app, "id = ?", id).stream()
                .findFirst()
                .orElseThrow(() -> Rejection.notFound("story in this app"));
    }

    BoardStory createStory(PortalTransaction transaction, PortalApp app, Edit edit, BoardStory wanted)
            throws SQLException {
        demandPlace(transaction, app, wanted);
        if (wanted.parent().isPresent()) {
            changeStory(transaction, app, edit, wanted.parent().get(), BoardStory::withSubStories);
        }
        long id = next(transaction, app, "stories");
        Instant at = Instant.ofEpochMilli(edit.at().toEpochMilli());
        BoardStory story = wanted.at(id, app.storyKey(id), at, at, 1);
        transaction.update(
                """
                insert into story (app, id, name, description, status, story_type, sprint, parent, has_sub_stories, created_at, updated_at, version)
                values (?, ?, ?, ?, ?, ?, ?, ?, false, ?, ?, 1)
                """,
                app.id(),
                id,
                story.name(),
                story.description(),
                story.status(),
                story.storyType(),
                story.sprint(),
                story.parent(),
                at.toEpochMilli(),
                at.toEpochMilli());
        return posted(transaction, app, edit, ProjectsPayload.CREATED, story);
    }

    private void demandPlace(PortalTransaction transaction, PortalApp app, BoardStory wanted) throws SQLException {
        if (wanted.parent().isPresent()) {
            BoardStory parent = story(transaction, app, wanted.parent().get());
            if (parent.parent().isPresent() || parent.id() == wanted.id() || wanted.hasSubStories()) {
                throw Rejection.badRequest(
                        "parent must be another story that is no sub-story itself; a story with sub-stories has no parent.");
            }
            if (wanted.sprint().isPresent()) {
                throw Rejection.badRequest("A sub-story is in the sprint of its parent; omit sprint.");
            }
        }
        if (wanted.sprint().isPresent()) {
            sprint(transaction, app, wanted.sprint().get());
        }
    }

    /** Changes a story; one that is as wanted already is not changed, and there is no event. */
    BoardStory changeStory(
            PortalTransaction transaction, PortalApp app, Edit edit, long id, UnaryOperator<BoardStory> change)
            throws SQLException {
        BoardStory present = story(transaction, app, id);
        BoardStory wanted = change.apply(present);
        if (wanted.equals(present)) {
            return present;
        }
        demandPlace(transaction, app, wanted);
        BoardStory story = wanted.at(
                id,
                present.key(),
                present.createdAt(),
                Outbox.later(edit.at(), present.updatedAt()),
                present.version() + 1);
        transaction.update(
                """
                update story set name = ?, description = ?, status = ?, story_type = ?, sprint = ?, parent = ?, has_sub_stories = ?, updated_at = ?, version = ?
                where app = ? and id = ?
                """,
                story.name(),
                story.description(),
                story.status(),
                story.storyType(),
                story.sprint(),
                story.parent(),
                story.hasSubStories(),
                story.updatedAt().toEpochMilli(),
                story.version(),
                app.id(),
                id);
        return posted(transaction, app, edit, ProjectsPayload.UPDATED, story);
    }

    private BoardStory posted(PortalTransaction transaction, PortalApp app, Edit edit, String action, BoardStory story)
            throws SQLException {
        transaction.changed(FeedItem.changed("story", app.id(), story.id(), story));
        outbox.post(
                transaction,
                new Outbox.Event(
                        app,
                        WebhookFamily.PROJECTS,
                        "stories",
                        "story/" + story.id(),
                        "Story %s %s".formatted(story.key(), action),
                        ProjectsPayload.of(app, edit.person(), action, story)));
        return story;
    }

    private static long next(PortalTransaction transaction, PortalApp app, String counter) throws SQLException {
        transaction.update("update app set %s = %s + 1 where id = ?".formatted(counter, counter), app.id());
        return transaction.number("select %s from app where id = ?".formatted(counter), app.id());
    }
}
