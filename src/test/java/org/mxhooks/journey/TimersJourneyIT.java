package org.mxhooks.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mxhooks.ProjectsHeaders.WEBHOOKS_VERSION_EXPIRY;

import jakarta.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What happens once a minute; all tests share the minute. */
@ExtendWith(JourneyServer.class)
@Tag("journey")
class TimersJourneyIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration TWO_MINUTES = Duration.ofSeconds(120);

    private static final Instant MORNING = Instant.parse("2026-03-02T09:00:00Z");
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private static final String EXPIRY =
            LocalDate.now(ZoneOffset.UTC).plusDays(10).toString();

    private static Portal portal;
    private static Operator operator;

    /** The version is that of the newest delivery. */
    @BeforeAll
    static void send() {
        portal = JourneyServer.portal();
        operator = JourneyServer.operator();
        await().atMost(SOON).until(() -> operator.consumers().text().contains("\"ages\""));
        sendAndAwait(story().updatedAt(MORNING), "mirror");
        sendAndAwait(story().named("current").updatedAt(NOON), "mirror");
        assertThat(storyAt(MORNING).status()).isEqualTo(200);
        sendAndAwait(story().story(1).named("ages"), "ages");
        Body old = Body.of("story-updated.json").story(4242).named("of an old version");
        assertThat(Answer.to(portal.signed(old)
                                .header(WEBHOOKS_VERSION_EXPIRY, EXPIRY)
                                .build())
                        .status())
                .isEqualTo(202);
    }

    @Test
    void theLogWarnsBeforeTheVersionEnds() {
        await().atMost(TWO_MINUTES)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(JourneyServer.log())
                        .contains("Version 1 of the webhooks at endpoint default ends on " + EXPIRY + "T00:00:00Z"));
    }

    @Test
    void oldVersionsAreRemovedAndTheCurrentOneIsKept() {
        await().atMost(TWO_MINUTES)
                .untilAsserted(() -> assertThat(storyAt(MORNING).status()).isEqualTo(404));

        assertThat(storyAt(NOON).json().getString("name")).isEqualTo("current");
    }

    private static Body story() {
        return Body.of("story-updated.json").with("/Project/AppId", Json.createValue("forgotten"));
    }

    private static void sendAndAwait(Body body, String consumer) {
        String delivery = portal.sends(body).delivery();
        await().atMost(SOON)
                .pollDelay(Duration.ZERO)
                .untilAsserted(() -> assertThat(Progress.of(operator.delivery(delivery), consumer)
                                .state())
                        .isEqualTo("done"));
    }

    private static Answer storyAt(Instant at) {
        return operator.asks("apps/forgotten/stories/4711?at=" + at);
    }
}
