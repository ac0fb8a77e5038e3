package org.mxhooks.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.companion.GivingUp;
import org.mxhooks.companion.TryingLater;

/** What the observers of a companion module may be and do. A story is named after the observer that it is meant for. */
@ExtendWith(JourneyServer.class)
@Tag("journey")
class CompanionJourneyIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Body STORY = Body.of("story-updated.json");

    /** A new one is notified of deliveries that arrive after it was registered, shortly after the server answers. */
    private static final List<String> CONSUMERS = List.of(
            "counts",
            "dependent",
            "ejb-singleton",
            "flushes",
            "generic",
            "gives-up",
            "hangs",
            "jms",
            "mandatory",
            "not-supported",
            "overflows",
            "persists",
            "priority",
            "reads-ahead",
            "request-scoped",
            "rolls-back",
            "swallows",
            "throws",
            "tries-later",
            "writes");

    /** Consecutive ones fall into every lane. */
    private static final int ENOUGH_FOR_EVERY_LANE = 200;

    private static long story = 7000;

    private final Notebook notebook = Notebook.ofServer();

    private Portal portal;
    private Operator operator;

    @BeforeEach
    void meet() {
        portal = JourneyServer.portal();
        operator = JourneyServer.operator();
        soon().untilAsserted(() -> assertThat(operator.consumers().text()).contains(CONSUMERS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mandatory", "request-scoped", "dependent", "ejb-singleton", "priority", "generic"})
    void notifiesInTheTransaction(String consumer) throws IOException {
        String delivery = sent("works");

        awaitState(delivery, consumer, "done");

        assertThat(notebook.lines(delivery, consumer))
                .singleElement()
                .asString()
                .endsWith(" in a transaction");
    }

    @Test
    void notifiesOutsideTheTransaction() throws IOException {
        String delivery = sent("works");

        awaitState(delivery, "not-supported", "done");

        assertThat(notebook.lines(delivery, "not-supported"))
                .singleElement()
                .asString()
                .endsWith(" in none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"request-scoped", "dependent"})
    void notifiesANewInstanceEachTime(String consumer) throws IOException {
        String one = sent("works");
        String other = sent("works");

        awaitState(one, consumer, "done");
        awaitState(other, consumer, "done");

        assertThat(notebook.lines(one, consumer)).isNotEqualTo(notebook.lines(other, consumer));
    }

    /** Of what waits in several lanes at once; where a call was slow of late, each event is notified alone. */
    @Test
    void announcesWhatSharesATransaction() {
        soon().untilAsserted(() -> {
            operator.pauses("reads-ahead");
            List<String> waiting =
                    Stream.generate(() -> sent("foreseen")).limit(20).toList();
            operator.resumes("reads-ahead");
            awaitDone(waiting, "reads-ahead");
            assertThat(waiting)
                    .anySatisfy(delivery ->
                            assertThat(notebook.lines(delivery, "reads-ahead")).contains("announced"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"throws", "overflows", "rolls-back"})
    void parksWhatFailsAndTriesAgain(String consumer) throws IOException {
        String delivery = sent(consumer);
        long about = story;

        soon().untilAsserted(() -> assertThat(progress(delivery, consumer)).satisfies(progress -> {
            assertThat(progress.state()).isEqualTo("parked");
            assertThat(progress.attempts()).isGreaterThan(1);
        }));
        awaitState(delivery, "mirror", "done");
        awaitState(delivery, "jms", "done");
        assertThat(operator.story(about).text()).contains(consumer);

        notebook.mend(delivery);
        awaitState(delivery, consumer, "done");
    }

    @Test
    void reportsTheReason() throws IOException {
        String throwing = sent("throws");
        String overflowing = sent("overflows");

        awaitState(throwing, "throws", "parked");
        awaitState(overflowing, "overflows", "parked");

        assertThat(progress(throwing, "throws").reason()).isEqualTo("java.lang.IllegalStateException");
        assertThat(progress(overflowing, "overflows").reason()).isEqualTo("java.lang.StackOverflowError");
        notebook.mend(throwing);
        notebook.mend(overflowing);
    }

    @ParameterizedTest
    @ValueSource(strings = {"persists", "swallows", "flushes"})
    void reportsTheConstraintThatAStatementOfJpaViolates(String consumer) throws IOException {
        String delivery = sent(consumer);

        awaitState(delivery, consumer, "parked");

        assertThat(progress(delivery, consumer).reason())
                .isEqualTo("org.h2.jdbc.JdbcSQLIntegrityConstraintViolationException");
        assertThat(operator.delivery(delivery).text().toLowerCase(Locale.ROOT)).contains("companion_label_once");
        notebook.mend(delivery);
        awaitState(delivery, consumer, "done");
    }

    @Test
    void buriesWhatAnEjbGivesUpAndReplaysIt() throws IOException {
        String delivery = sent("gives-up");

        awaitState(delivery, "gives-up", "dead");
        assertThat(progress(delivery, "gives-up").attempts()).isOne();
        assertThat(progress(delivery, "gives-up").reason()).isEqualTo("org.mxhooks.event.GiveUp");
        assertThat(JourneyServer.log())
                .as("no trace of what an EJB asks for")
                .doesNotContain("at " + GivingUp.class.getName());

        notebook.mend(delivery);
        assertThat(operator.replays(delivery, "gives-up").status()).isEqualTo(202);
        awaitState(delivery, "gives-up", "done");
        // again before it is given up, if it first failed in a transaction with others
        assertThat(notebook.lines(delivery, "gives-up"))
                .startsWith("replay false")
                .endsWith("replay true")
                .filteredOn("replay true"::equals)
                .hasSize(1);
    }

    @Test
    void listsDeadLettersAndReplaysThoseOfAReason() throws IOException {
        String delivery = sent("gives-up");
        awaitState(delivery, "gives-up", "dead");
        assertThat(operator.asks("dead?consumer=gives-up&reason=org.mxhooks.event.GiveUp")
                        .text())
                .contains(delivery);
        assertThat(operator.asks("deliveries?state=dead").text()).contains(delivery);

        notebook.mend(delivery);
        operator.changes("POST", "dead/replay?consumer=gives-up&reason=org.mxhooks.event.GiveUp");

        awaitState(delivery, "gives-up", "done");
        assertThat(operator.asks("dead?consumer=gives-up").text()).doesNotContain(delivery);
    }

    @Test
    void letsAPausedConsumerStandStillUntilItIsResumed() {
        assertThat(operator.changes("POST", "consumers/mandatory/pause").text()).contains("\"paused\":true");
        List<String> waiting = new ArrayList<>();
        soon().untilAsserted(() -> {
            waiting.add(sent("works"));
            awaitState(waiting.get(waiting.size() - 1), "mirror", "done");
            assertThat(progress(waiting.get(waiting.size() - 1), "mandatory").state())
                    .isEqualTo("pending");
        });

        assertThat(operator.changes("POST", "consumers/mandatory/resume").text())
                .contains("\"paused\":false");

        awaitDone(waiting, "mandatory");
    }

    @Test
    void retiresNoConsumerThatANodeHas() {
        assertThat(operator.changes("DELETE", "consumers/mandatory").status()).isEqualTo(409);
        assertThat(operator.changes("DELETE", "consumers/nobody").status()).isEqualTo(404);
    }

    @Test
    void waitsForAnEjbThatTriesLater() throws IOException {
        String delivery = sent("tries-later");

        soon().until(() -> {
            assertThat(progress(delivery, "tries-later").state()).isEqualTo("pending");
            return notebook.lines(delivery, "tries-later").size() > 3;
        });
        assertThat(progress(delivery, "tries-later").attempts()).isZero();
        assertThat(JourneyServer.log())
                .as("no trace of what an EJB asks for")
                .doesNotContain("at " + TryingLater.class.getName());

        notebook.mend(delivery);
        soon().until(() -> {
            assertThat(progress(delivery, "tries-later").state()).isIn("pending", "done");
            return progress(delivery, "tries-later").state().equals("done");
        });
    }

    @Test
    void keepsNothingOfWhatAFailingObserverWrote() throws IOException {
        String delivery = sent("writes");
        long written = story;

        awaitState(delivery, "writes", "parked");
        assertThat(rowsOf(written)).isZero();

        notebook.mend(delivery);
        awaitState(delivery, "writes", "done");
        assertThat(rowsOf(written)).isEqualTo(10_000);
    }

    @Test
    void parksWhatHangsWhileItsLaneGoesOn() throws IOException {
        String hanging = sent("hangs");
        soon().until(() -> !notebook.lines(hanging, "hangs").isEmpty());
        List<String> others = Stream.generate(() -> sent("comes after"))
                .limit(ENOUGH_FOR_EVERY_LANE)
                .toList();

        awaitDone(others, "mirror");
        awaitDone(others, "jms");
        awaitState(hanging, "mirror", "done");
        awaitDone(others, "hangs");
        assertThat(progress(hanging, "hangs").state()).isEqualTo("parked");
        assertThat(progress(hanging, "hangs").reason()).isEqualTo("timeout");
        assertThat(notebook.lines(hanging, "hangs")).hasSize(1);

        notebook.mend(hanging);
        awaitState(hanging, "hangs", "done");
    }

    private long rowsOf(long about) throws IOException {
        String delivery = sent("counts " + about);
        awaitState(delivery, "counts", "done");
        return Long.parseLong(notebook.lines(delivery, "counts").get(0));
    }

    /** Sends news of a story that there was none of before. */
    private String sent(String name) {
        story++;
        return portal.sends(STORY.story(story).named(name)).delivery();
    }

    private void awaitState(String delivery, String consumer, String state) {
        soon().untilAsserted(
                        () -> assertThat(progress(delivery, consumer).state()).isEqualTo(state));
    }

    private void awaitDone(List<String> deliveries, String consumer) {
        soon().untilAsserted(() -> assertThat(deliveries)
                .allSatisfy(delivery ->
                        assertThat(progress(delivery, consumer).state()).isEqualTo("done")));
    }

    private Progress progress(String delivery, String consumer) {
        return Progress.of(operator.delivery(delivery), consumer);
    }

    private static ConditionFactory soon() {
        return await().atMost(SOON);
    }
}
