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

/** Whom a consumer's dispatch tells of the events that come next. */
class UpcomingEventsTest {

    private static final WebhookEvent STORY = Deployment.event("story-updated.json");
    private static final List<String> TOLD = new CopyOnWriteArrayList<>();

    @ApplicationScoped
    static class Board {
        void keep(@Observes WebhookEvent event) {}

        void readAhead(@Observes UpcomingEvents upcoming) {
            TOLD.add("board " + upcoming.events().size());
        }

        void later(@ObservesAsync UpcomingEvents upcoming) {
            TOLD.add("asynchronous");
        }
    }

    @ApplicationScoped
    static class Other {
        void keep(@Observes WebhookEvent event) {}

        void all(@Observes Object event) {
            if (event instanceof UpcomingEvents) {
                TOLD.add("object");
            }
        }

        void readAhead(@Observes UpcomingEvents upcoming) {
            TOLD.add("other");
        }
    }

    @BeforeEach
    void forget() {
        TOLD.clear();
    }

    @Test
    void onlyTheBeanOfTheConsumerIsTold() {
        try (Deployment deployment = Deployment.of(Board.class, Other.class)) {
            ObserverConsumer board = deployment.consumers().stream()
                    .filter(consumer -> consumer.name().contains("Board"))
                    .findFirst()
                    .orElseThrow();

            board.expect(List.of(STORY, STORY));

            assertThat(TOLD).containsExactly("board 2");
        }
    }

    @Test
    void itsObserverIsNoConsumer() {
        try (Deployment deployment = Deployment.of(Board.class)) {
            assertThat(deployment.consumers()).hasSize(1);
        }
    }
}
