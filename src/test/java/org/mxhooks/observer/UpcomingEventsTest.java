package org.mxhooks.observer;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mxhooks.event.UpcomingEvents;
import org.mxhooks.event.WebhookEvent;

/** Who is notified of the events that a consumer is about to be notified of. */
class UpcomingEventsTest {

    private static final WebhookEvent STORY = Deployment.event("story-updated.json");
    private static final List<String> NOTIFIED = new CopyOnWriteArrayList<>();

    @ApplicationScoped
    static class Board {
        void keep(@Observes WebhookEvent event) {}

        void readAhead(@Observes UpcomingEvents upcoming) {
            NOTIFIED.add("board " + upcoming.events().size());
        }

        void later(@ObservesAsync UpcomingEvents upcoming) {
            NOTIFIED.add("asynchronous");
        }
    }

    @ApplicationScoped
    static class Other {
        void keep(@Observes WebhookEvent event) {}

        void all(@Observes Object event) {
            if (event instanceof UpcomingEvents) {
                NOTIFIED.add("object");
            }
        }

        void readAhead(@Observes UpcomingEvents upcoming) {
            NOTIFIED.add("other");
        }
    }

    @ApplicationScoped
    static class Plain {
        void keep(@Observes WebhookEvent event) {}
    }

    @BeforeEach
    void forget() {
        NOTIFIED.clear();
    }

    @Test
    void onlyTheBeanOfTheConsumerIsNotified() {
        try (Deployment deployment = Deployment.of(Board.class, Other.class)) {
            ObserverConsumer board = deployment.consumers().stream()
                    .filter(consumer -> consumer.name().contains("Board"))
                    .findFirst()
                    .orElseThrow();

            assertThat(board.expects()).isTrue();
            board.expect(List.of(STORY, STORY));

            assertThat(NOTIFIED).containsExactly("board 2");
        }
    }

    @Test
    void nothingIsDecodedAheadForABeanWithoutSuchAnObserver() {
        try (Deployment deployment = Deployment.of(Plain.class, Other.class)) {
            assertThat(deployment.consumers())
                    .filteredOn(consumer -> consumer.name().contains("Plain"))
                    .singleElement()
                    .satisfies(plain -> assertThat(plain.expects()).isFalse());
        }
    }

    @Test
    void itsObserverIsNoConsumer() {
        try (Deployment deployment = Deployment.of(Board.class)) {
            assertThat(deployment.consumers()).hasSize(1);
        }
    }
}
