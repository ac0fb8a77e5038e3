package org.mxhooks.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.portal.Subscriber.Call;

/** A change, and the event that it generates. */
class BoardTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-02T08:00:00Z"));

    @TempDir
    private Path home;

    private Subscriber subscriber;
    private RunningPortal portal;
    private String app;

    @BeforeEach
    void start() throws IOException {
        subscriber = new Subscriber();
        portal = new RunningPortal(home, now::get, Duration.ofHours(1));
        app = portal.app();
        portal.post(
                app + "/webhooks",
                "{\"family\":\"projects\",\"name\":\"all\",\"url\":\"%s\",\"secret\":\"s\"}"
                        .formatted(subscriber.url("/all")));
    }

    @AfterEach
    void stop() {
        portal.close();
        subscriber.close();
    }

    /** The clock stands, then it is set back. */
    @Test
    void whenAResourceWasUpdatedIncreasesWhateverTheClockDoes() {
        long id = story("{\"name\":\"a\"}");
        portal.patch(app + "/stories/" + id, "{\"status\":\"Running\"}");
        now.set(now.get().minusSeconds(3600));
        portal.patch(app + "/stories/" + id, "{\"status\":\"Done\"}");

        assertThat(calls(3))
                .extracting(Call::updatedAt)
                .containsExactly("2026-03-02T08:00:00.000Z", "2026-03-02T08:00:00.001Z", "2026-03-02T08:00:00.002Z");
    }

    @Test
    void anEventHasTheStateOfItsChange() {
        portal.post(app + "/sprints", "{\"name\":\"Sprint 1\",\"status\":\"Active\",\"startDate\":\"2026-03-02\"}");
        story("{\"name\":\"Größe ✓\",\"description\":\"why\",\"storyType\":\"Bug\",\"sprint\":1}");

        JsonObject created = calls(2).get(1).json();
        assertThat(created.getString("Action")).isEqualTo("created");
        assertThat(created.getJsonObject("Story"))
                .hasToString("{\"StoryId\":1001,\"ParentId\":1,\"ParentType\":\"Sprint\",\"Name\":\"Größe ✓\","
                        + "\"Description\":\"why\",\"Status\":\"To-do\",\"StoryType\":\"Bug\",\"HasSubStories\":false,"
                        + "\"CreationDate\":\"2026-03-02T08:00:00.000Z\"}");
        assertThat(created.getJsonObject("Project").getString("AppId")).isEqualTo(app.substring("api/apps/".length()));
    }

    /** The parent is changed by it, and has an event of its own. */
    @Test
    void aStoryIsSplit() {
        long parent = story("{\"name\":\"whole\"}");
        story("{\"name\":\"part\",\"parent\":%s}".formatted(parent));

        assertThat(calls(3))
                .anySatisfy(call ->
                        assertThat(call.json().getJsonObject("Story")).containsEntry("HasSubStories", JsonValue.TRUE))
                .anySatisfy(
                        call -> assertThat(call.json().getJsonObject("Story").getString("ParentType", ""))
                                .isEqualTo("Story"));
    }

    @Test
    void whatChangesNothingHasNoEvent() {
        long id = story("{\"name\":\"a\"}");
        JsonObject same = portal.patch(app + "/stories/" + id, "{\"name\":\"a\",\"status\":\"To-do\"}");
        portal.patch(app + "/stories/" + id, "{\"name\":\"b\"}");

        assertThat(same.getInt("version")).isEqualTo(1);
        assertThat(calls(2))
                .extracting(call -> call.json().getJsonObject("Story").getString("Name"))
                .containsExactly("a", "b");
    }

    @Test
    void aStaleVersionIsRefused() {
        long id = story("{\"name\":\"a\"}");
        portal.patch(app + "/stories/" + id, "{\"status\":\"Running\",\"version\":1}");

        assertThatThrownBy(() -> portal.patch(app + "/stories/" + id, "{\"status\":\"Done\",\"version\":1}"))
                .hasMessageStartingWith("409")
                .hasMessageContaining("version is 2 now");
    }

    /** The outbox has a place for it no more: nothing is changed either. */
    @Test
    void aChangeWithoutItsEventIsNone() {
        long id = story("{\"name\":\"a\"}");
        portal.portal().database().write(transaction -> transaction.update("alter table event rename to lost"));

        assertThatThrownBy(() -> portal.patch(app + "/stories/" + id, "{\"status\":\"Done\"}"))
                .hasMessageStartingWith("503");

        portal.portal().database().write(transaction -> transaction.update("alter table lost rename to event"));
        assertThat(portal.get(app + "/stories/" + id).getString("status")).isEqualTo("To-do");
    }

    @Test
    void onlyWhatIsSubscribedToIsSent() {
        portal.post(
                app + "/webhooks",
                "{\"family\":\"projects\",\"name\":\"s\",\"events\":[\"sprints\"],\"url\":\"%s\"}"
                        .formatted(subscriber.url("/sprints")));
        story("{\"name\":\"a\"}");
        portal.post(app + "/sprints", "{\"name\":\"Sprint 1\"}");

        calls(2);
        await().until(() -> subscriber.accepted("/sprints").size() == 1);
        assertThat(subscriber.accepted("/sprints").get(0).header("MxAPI-Projects-EventCategory"))
                .contains("sprints");
    }

    private long story(String body) {
        return portal.post(app + "/stories", body).getInt("id");
    }

    private List<Call> calls(int count) {
        await().until(() -> subscriber.accepted("/all").size() >= count);
        assertThat(subscriber.accepted("/all")).hasSize(count);
        return subscriber.accepted("/all");
    }
}
