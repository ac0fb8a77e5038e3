package org.mxhooks.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mxhooks.testkit.Payload.payload;

import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mxhooks.event.Consumer;
import org.mxhooks.event.Created;
import org.mxhooks.event.GiveUp;
import org.mxhooks.event.StoryEvent;
import org.mxhooks.event.TryLater;
import org.mxhooks.event.Updated;

class CompanionTest {

    private static final Payload STORY = payload("story-updated.json");

    private final Companion companion = Companion.of(
            Map.of("board.name", "the wall"), Board.class, Counter.class, Rows.class, OfRequest.class, Named.class);
    private final Board board = companion.bean(Board.class);

    @ApplicationScoped
    static class Board {
        private final List<String> seen = new ArrayList<>();
        private RuntimeException failure;

        List<String> seen() {
            return seen;
        }

        void failWith(RuntimeException newFailure) {
            failure = newFailure;
        }

        void fail() {
            if (failure != null) {
                throw failure;
            }
        }

        @Consumer("board")
        void remember(@Observes @Updated StoryEvent story) {
            seen.add(story.name().orElse("") + (story.replay() ? " again" : ""));
            if (story.storyId() == 4711 && !story.name().equals(Optional.of("good"))) {
                fail();
            }
        }
    }

    @Singleton
    static class Counter {
        private int stories;

        @Consumer("counter")
        public void count(@Observes StoryEvent story) {
            stories++;
        }

        int stories() {
            return stories;
        }
    }

    @ApplicationScoped
    static class Rows {
        @Resource(lookup = "java:app/jdbc/mxhooks")
        DataSource dataSource;

        @Inject
        Board board;

        @Consumer("rows")
        void write(@Observes StoryEvent story) throws SQLException {
            execute("insert into story values (%s)".formatted(story.storyId()));
            board.fail();
        }

        void execute(String sql) throws SQLException {
            try (Connection connection = dataSource.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        int count() throws SQLException {
            try (Connection connection = dataSource.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select count(*) from story")) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    @RequestScoped
    static class OfRequest {
        private static int instances;
        private int notifications;

        OfRequest() {
            instances++;
        }

        @Consumer("of-request")
        void on(@Observes StoryEvent story) {
            assertThat(++notifications).isOne();
        }
    }

    @ApplicationScoped
    static class Named {
        @Inject
        @ConfigProperty(name = "board.name")
        String name;

        @Consumer("named")
        void on(@Observes @Created StoryEvent story) {
            assertThat(name).isEqualTo("the wall");
        }
    }

    @ApplicationScoped
    static class Async {
        void on(@ObservesAsync StoryEvent story) {}
    }

    @ApplicationScoped
    static class WithoutResource {
        @Resource(lookup = "java:app/jdbc/another")
        DataSource dataSource;

        void on(@Observes StoryEvent story) {}
    }

    @AfterEach
    void close() {
        companion.close();
    }

    @Test
    void notifiesWhoObservesTheEventAndNobodyElse() {
        companion
                .given(STORY.with("Story.Name", "one"))
                .when()
                .delivered()
                .then()
                .done("board")
                .notified("board", 1)
                .ignored("named");
        companion
                .given(payload("story-created.json"))
                .when()
                .delivered()
                .then()
                .ignored("board")
                .done("named");
        assertThat(board.seen()).containsExactly("one");
    }

    @Test
    void notifiesInOrderAndOfADuplicateNeverAgain() {
        Payload one = STORY.with("Story.Name", "one");
        companion.given(one, STORY.with("Story.Name", "two"), one).when().delivered();
        companion.given(one).when().delivered().then().notified("board", 1);
        assertThat(board.seen()).containsExactly("one", "two");
    }

    @Test
    void parksWhatFailsWithWhatComesAfterAndTriesAgain() {
        board.failWith(new IllegalStateException("away"));
        Delivered first =
                companion.given(STORY.with("Story.Name", "one")).when().delivered();
        Delivered second =
                companion.given(STORY.with("Story.Name", "two")).when().delivered();
        companion
                .given(STORY.with("Story.StoryId", 4712).with("Story.Name", "other"))
                .when()
                .delivered()
                .then()
                .done("board");

        first.then().parked("board", IllegalStateException.class).notified("board", 1);
        second.then().parked("board").notified("board", 0);
        first.retried().then().parked("board").notified("board", 2);

        board.failWith(null);
        first.retried().then().done("board");
        second.then().done("board");
        assertThat(board.seen()).containsExactly("one", "other", "one", "one", "two");
    }

    /** On a server several may share a transaction, and are repeated where it fails. */
    @Test
    void notifiesOfOneEventAtATime() {
        Payload good = STORY.with("Story.Name", "good");
        companion.given(good).when().delivered();
        board.failWith(new IllegalStateException("away"));
        companion
                .given(good.with("Story.Points", 1), STORY.with("Story.Name", "bad"))
                .when()
                .delivered();
        assertThat(board.seen()).containsExactly("good", "good", "bad");
    }

    @Test
    void waitsForWhoTriesLater() {
        board.failWith(new TryLater(Duration.ofHours(1)));
        Delivered first =
                companion.given(STORY.with("Story.Name", "one")).when().delivered();
        Delivered second =
                companion.given(STORY.with("Story.Name", "two")).when().delivered();
        first.then().waiting("board").done("counter").notified("board", 1);
        second.then().waiting("board").notified("board", 0);

        first.retried().then().waiting("board").notified("board", 2);
        board.failWith(null);
        second.retried().then().done("board");
        assertThat(board.seen()).containsExactly("one", "one", "one", "two");
    }

    @Test
    void buriesWhatIsGivenUpAndReplaysIt() {
        board.failWith(new GiveUp("never"));
        Delivered story =
                companion.given(STORY.with("Story.Name", "one")).when().delivered();
        story.then().dead("board");
        story.retried().then().dead("board").notified("board", 1);

        board.failWith(null);
        story.replayedTo("board").then().done("board");
        assertThat(board.seen()).containsExactly("one", "one again");
    }

    @Test
    void rollsBackWhatAFailingObserverWrote() throws SQLException {
        Rows rows = companion.bean(Rows.class);
        rows.execute("create table story (id bigint)");
        board.failWith(new IllegalStateException("away"));
        Delivered story = companion.given(STORY).when().delivered();
        story.then().parked("rows");
        assertThat(rows.count()).isZero();

        board.failWith(null);
        story.retried().then().done("rows");
        assertThat(rows.count()).isOne();
    }

    @Test
    void activatesARequestContextForEachNotification() {
        int before = OfRequest.instances;
        companion
                .given(STORY, STORY.with("Story.Name", "another"))
                .when()
                .delivered()
                .then()
                .done("of-request");
        assertThat(OfRequest.instances - before).isGreaterThanOrEqualTo(2);
    }

    @Test
    void sharesASingletonOfEjb() {
        companion.given(STORY, payload("story-created.json")).when().delivered();
        assertThat(companion.bean(Counter.class).stories()).isEqualTo(2);
    }

    @Test
    void refusesWhatAServerRefuses() {
        assertThatThrownBy(() -> Companion.of(Async.class))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("@ObservesAsync has no effect");
    }

    @Singleton
    static class Hidden {
        void on(@Observes StoryEvent story) {}
    }

    @ApplicationScoped
    static class TakesMirror {
        @Consumer("mirror")
        void on(@Observes StoryEvent story) {}
    }

    @ApplicationScoped
    static class Never {
        void on(@Observes @Created @Updated StoryEvent story) {}
    }

    @Test
    void refusesWhatOnlyAServerCouldKnow() {
        assertThatThrownBy(() -> Companion.of(Hidden.class, TakesMirror.class, Never.class))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("Hidden.on(StoryEvent) cannot be a consumer: it is no business method")
                .hasMessageContaining("'mirror' is the name of a consumer of mxhooks' own")
                .hasMessageContaining("Never.on(StoryEvent) is never notified");
    }

    @Test
    void saysWhichResourceItLacks() {
        assertThatThrownBy(() -> Companion.of(WithoutResource.class))
                .hasStackTraceContaining("the test kit has no resource 'java:app/jdbc/another'");
    }

    @Test
    void showsTheConsumersFailureWhenATestFails() {
        board.failWith(new IllegalStateException("the cause"));
        Delivered.Then then = companion.given(STORY).when().delivered().then();
        assertThatThrownBy(() -> then.done("board"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("board is PARKED, java.lang.IllegalStateException: the cause");
        assertThatThrownBy(() -> then.parked("board", ArithmeticException.class))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> then.notified("board", 2)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> then.done("named"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("named was not notified");
        assertThatThrownBy(() -> then.done("bord"))
                .hasMessageContaining("there is no consumer bord; known are: [board, counter");
    }

    @Test
    void changesPayloads() {
        Payload changed = STORY.with("Meta.UpdatedAt", Instant.parse("2026-03-03T00:00:00Z"))
                .with("Story.Points", 3)
                .without("Story.Name");
        assertThat(new String(changed.bytes()))
                .contains("\"UpdatedAt\":\"2026-03-03T00:00:00Z\"", "\"Points\":3")
                .doesNotContain("delivery date");
        assertThatThrownBy(() -> payload("stories.json")).hasMessageContaining("no payload stories.json");
    }

    @Test
    void takesSettingsBack() {
        assertThat(System.getProperty("board.name")).isEqualTo("the wall");
        companion.close();
        assertThat(System.getProperty("board.name")).isNull();
    }
}
