package org.mxhooks.companion;

import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.UUID;
import org.mxhooks.event.Consumer;
import org.mxhooks.event.StoryEvent;

/** Observers of every kind that may be a consumer; each notes its instance, and whether it is in a transaction. */
public final class Working {

    private Working() {}

    /** What they have in common. */
    public abstract static class Observer {
        private final UUID instance = UUID.randomUUID();

        @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
        TransactionSynchronizationRegistry transactions;

        void note(StoryEvent story, String consumer) {
            if (Notes.isFor(story, "works")) {
                boolean active = transactions.getTransactionStatus() == Status.STATUS_ACTIVE;
                Notes.take(story, consumer, instance + (active ? " in a transaction" : " in none"));
            }
        }
    }

    @ApplicationScoped
    public static class Suspending extends Observer {
        @Consumer("not-supported")
        @Transactional(TxType.NOT_SUPPORTED)
        void on(@Observes StoryEvent story) {
            note(story, "not-supported");
        }
    }

    @ApplicationScoped
    public static class Insisting extends Observer {
        @Consumer("mandatory")
        @Transactional(TxType.MANDATORY)
        void on(@Observes StoryEvent story) {
            note(story, "mandatory");
        }
    }

    @RequestScoped
    public static class OfRequest extends Observer {
        @Consumer("request-scoped")
        void on(@Observes StoryEvent story) {
            note(story, "request-scoped");
        }
    }

    @Dependent
    public static class OfNotification extends Observer {
        @Consumer("dependent")
        void on(@Observes StoryEvent story) {
            note(story, "dependent");
        }
    }

    @ApplicationScoped
    public static class Early extends Observer {
        @Consumer("priority")
        void on(@Observes @Priority(1) StoryEvent story) {
            note(story, "priority");
        }
    }

    @ApplicationScoped
    public static class Generic extends Observer {
        @Consumer("generic")
        <T extends StoryEvent> void on(@Observes T story) {
            note(story, "generic");
        }
    }
}
