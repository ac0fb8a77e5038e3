package org.mxhooks.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * All stations of a delivery, with a restart of the application, and of Payara Micro itself, which ends with its
 * deployment.
 */
@ExtendWith(JourneyServer.class)
@Tag("journey")
class WholeJourneyIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Body STORY = Body.of("story-updated.json").story(8000);

    private final Notebook notebook = Notebook.ofServer();

    private Portal portal;
    private Operator operator;

    @BeforeEach
    void meet() {
        portal = JourneyServer.portal();
        operator = JourneyServer.operator();
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(operator.consumers().text()).contains("jms", "mirror", "warehouse", "wavers"));
    }

    @Test
    void isKeptByARestart() throws IOException {
        Answer accepted = portal.sends(STORY.named("travels"));
        assertThat(accepted.status()).isEqualTo(202);
        String travelling = accepted.delivery();
        assertIsDuplicateOf(travelling);
        soon(() -> operator.story(8000).text().contains("travels"));
        soon(() -> notes(travelling, "subscriber") == 1);
        String failing = portal.sends(STORY.named("wavers")).delivery();
        soon(() -> stateOf(failing, "wavers").equals("parked"));
        String booked = portal.sends(STORY.named("books").story(8001)).delivery();
        assertIsBookedOnce(booked);
        soon(() -> stateOf(failing, "wavers").equals("dead"));

        restart();
        assertThat(operator.story(8000).text()).contains("wavers");
        assertIsDuplicateOf(travelling);
        assertThat(notes(travelling, "subscriber")).isOne();
        assertThat(stateOf(booked, "warehouse")).isEqualTo("done");
        assertThat(stateOf(failing, "wavers")).isEqualTo("dead");

        notebook.mend(failing);
        assertThat(operator.replays(failing, "wavers").status()).isEqualTo(202);
        soon(() -> stateOf(failing, "wavers").equals("done"));
        assertThat(notebook.lines(failing, "wavers"))
                .containsExactly("replay false", "replay false", "replay false", "replay true");
    }

    /**
     * The transaction in the companion's own database is committed when the observer fails, and the cursor has not
     * moved.
     */
    private void assertIsBookedOnce(String delivery) throws IOException {
        soon(() -> notes(delivery, "warehouse") > 1);
        notebook.mend(delivery);
        soon(() -> stateOf(delivery, "warehouse").equals("done"));
        assertThat(notebook.lines(delivery, "warehouse"))
                .startsWith("booked, bookings 1")
                .filteredOn(line -> !line.equals("knew, bookings 1"))
                .hasSize(1);
    }

    private void restart() {
        JourneyServer.restart();
        meet();
    }

    private void assertIsDuplicateOf(String delivery) {
        Answer again = portal.sends(STORY.named("travels"));
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.receipt()).isEqualTo("duplicate");
        assertThat(again.delivery()).isEqualTo(delivery);
    }

    private String stateOf(String delivery, String consumer) {
        return Progress.of(operator.delivery(delivery), consumer).state();
    }

    private int notes(String delivery, String consumer) throws IOException {
        return notebook.lines(delivery, consumer).size();
    }

    private static void soon(Callable<Boolean> comesTrue) {
        await().atMost(SOON).until(comesTrue);
    }
}
