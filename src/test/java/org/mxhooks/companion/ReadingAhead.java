package org.mxhooks.companion;

import static java.util.stream.Collectors.toSet;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.Set;
import org.mxhooks.event.Consumer;
import org.mxhooks.event.StoryEvent;
import org.mxhooks.event.UpcomingEvents;
import org.mxhooks.event.WebhookEvent;

/** Notes whether a story was announced before, in the same transaction. */
@ApplicationScoped
public class ReadingAhead {

    private static final String ANNOUNCED = ReadingAhead.class.getName();

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    TransactionSynchronizationRegistry transactions;

    void readAhead(@Observes UpcomingEvents upcoming) {
        transactions.putResource(
                ANNOUNCED,
                upcoming.events().stream().map(WebhookEvent::delivery).collect(toSet()));
    }

    @Consumer("reads-ahead")
    void on(@Observes StoryEvent story) {
        if (Notes.isFor(story, "foreseen")) {
            boolean announced = transactions.getResource(ANNOUNCED) instanceof Set<?> deliveries
                    && deliveries.contains(story.delivery());
            Notes.take(story, "reads-ahead", announced ? "announced" : "unannounced");
        }
    }
}
