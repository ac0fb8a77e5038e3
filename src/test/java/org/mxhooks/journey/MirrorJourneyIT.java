package org.mxhooks.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The past of stories and sprints, and their lists. Stories of an app of the test's own, so that no other is listed.
 */
@ExtendWith(JourneyServer.class)
@Tag("journey")
class MirrorJourneyIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private static final Instant MORNING = Instant.parse("2026-03-02T09:00:00Z");
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Instant EVENING = Instant.parse("2026-03-02T18:00:00Z");

    private Portal portal;
    private Operator operator;

    @BeforeEach
    void meet() {
        portal = JourneyServer.portal();
        operator = JourneyServer.operator();
        await().atMost(SOON).until(() -> operator.consumers().text().contains("\"mirror\""));
    }

    @Test
    void showsAStoryAsOfAnInstant() {
        Body story = storyOf("past");
        sends(story.named("of the evening").updatedAt(EVENING));
        sends(story.named("of the morning").updatedAt(MORNING));
        sends(story.named("of noon").updatedAt(NOON));

        assertThat(nameAt("past", MORNING)).isEqualTo("of the morning");
        assertThat(nameAt("past", EVENING.minusSeconds(1))).isEqualTo("of noon");
        assertThat(nameAt("past", EVENING)).isEqualTo("of the evening");
        assertThat(operator.asks("apps/past/stories/4711").json().getString("name"))
                .isEqualTo("of the evening");
        Answer before = operator.asks("apps/past/stories/4711?at=" + MORNING.minusSeconds(1));
        assertThat(before.status()).isEqualTo(404);
        assertThat(before.isProblem()).isTrue();
    }

    @Test
    void showsASprintAsOfAnInstant() {
        Body sprint = Body.of("sprint-updated.json").with("/Project/AppId", Json.createValue("past"));
        sends(sprint.updatedAt(NOON).with("/Sprint/Name", Json.createValue("before")));
        sends(sprint.updatedAt(EVENING).with("/Sprint/Name", Json.createValue("after")));

        assertThat(operator.asks("apps/past/sprints/88?at=" + NOON).json().getString("name"))
                .isEqualTo("before");
        assertThat(operator.asks("apps/past/sprints").json().getJsonArray("sprints"))
                .hasSize(1);
    }

    @Test
    void showsWhoChangedAStoryLast() {
        sends(storyOf("hands"));

        JsonObject story = operator.asks("apps/hands/stories/4711").json();

        assertThat(story.getJsonObject("sender").getString("fullName")).isEqualTo("Ada Quist");
        assertThat(story.getJsonObject("project").getString("name")).isEqualTo("Order Desk");
    }

    @Test
    void keepsAVersionOnceWhenItsDeliveryIsReplayed() {
        Body story = storyOf("replayed");
        String first = sends(story.named("first").updatedAt(NOON));
        sends(story.named("second").updatedAt(EVENING));

        assertThat(operator.replays(first, "mirror").status()).isEqualTo(202);
        awaitMirrored(first);

        assertThat(nameAt("replayed", NOON)).isEqualTo("first");
        assertThat(nameAt("replayed", EVENING)).isEqualTo("second");
    }

    @Test
    void listsTheNewestChangeFirst() {
        List<String> deliveries = new ArrayList<>();
        for (int i = 1; i <= 7; i++) {
            deliveries.add(portal.sends(storyOf("list").story(i).updatedAt(NOON.plusSeconds(i % 3)))
                    .delivery());
        }
        deliveries.forEach(this::awaitMirrored);

        List<Integer> listed = new ArrayList<>();
        String next = "";
        do {
            JsonObject page = operator.asks(
                            "apps/list/stories?status=Running&type=Feature&sprint=88&limit=2&cursor=" + next)
                    .json();
            ids(page).forEach(listed::add);
            next = page.getString("next", "");
        } while (!next.isEmpty());

        assertThat(listed).containsExactly(5, 2, 7, 4, 1, 6, 3);
        assertThat(ids(operator.asks("apps/list/stories?changedSince=" + NOON.plusSeconds(2))
                        .json()))
                .containsExactly(5, 2);
    }

    @Test
    void sendsNothingThatTheClientHas() {
        sends(storyOf("tagged"));
        for (String resource : List.of("apps/tagged/stories/4711", "apps/tagged/stories")) {
            String tag = operator.asks(resource).tag();
            assertThat(tag).startsWith("\"");

            assertThat(operator.asksUnless(tag, resource).status()).isEqualTo(304);
            assertThat(operator.asksUnless("W/" + tag, resource).status()).isEqualTo(304);
            assertThat(operator.asksUnless("no tag at all", resource).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stories?limit=0",
                "stories?cursor=!",
                "stories?changedSince=yesterday",
                "stories?sprint=x",
                "stories?status=%00",
                "stories?unknown=1",
                "sprints?limit=201",
                "stories/1?at=now",
                "sprints/x"
            })
    void refusesWhatCannotBe(String resource) {
        Answer answer = operator.asks("apps/list/" + resource);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.isProblem()).isTrue();
        assertThat(answer.json().getString("detail"))
                .startsWith("The parameter ")
                .contains("allowed: ");
    }

    private static Body storyOf(String app) {
        return Body.of("story-updated.json").with("/Project/AppId", Json.createValue(app));
    }

    private String sends(Body body) {
        String delivery = portal.sends(body).delivery();
        awaitMirrored(delivery);
        return delivery;
    }

    private void awaitMirrored(String delivery) {
        await().atMost(SOON)
                .pollDelay(Duration.ZERO)
                .untilAsserted(() -> assertThat(Progress.of(operator.delivery(delivery), "mirror")
                                .state())
                        .isEqualTo("done"));
    }

    private String nameAt(String app, Instant at) {
        return operator.asks("apps/" + app + "/stories/4711?at=" + at).json().getString("name");
    }

    private static List<Integer> ids(JsonObject page) {
        return page.getJsonArray("stories").getValuesAs(JsonObject.class).stream()
                .map(story -> story.getInt("storyId"))
                .toList();
    }
}
