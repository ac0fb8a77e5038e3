package org.mxhooks.companion;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import org.mxhooks.event.Consumer;
import org.mxhooks.event.GiveUp;
import org.mxhooks.event.OperatorAlert;
import org.mxhooks.event.StoryEvent;

/** A consumer that has dead letters, and observers of the alarm about it. */
public final class Alarming {

    private static final String NAME = "alarming";

    private Alarming() {}

    @ApplicationScoped
    public static class GivingUpAlarmingly {
        @Consumer(NAME)
        void on(@Observes StoryEvent story) {
            if (Failing.at(story, NAME)) {
                throw new GiveUp("not mended");
            }
        }
    }

    /** Notes what it is notified of, and whether it is in a transaction. */
    @RequestScoped
    public static class Bell {
        @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
        TransactionSynchronizationRegistry transactions;

        void ring(@Observes OperatorAlert alarm) {
            if (alarm.subject().equals(NAME)) {
                boolean active = transactions.getTransactionStatus() == Status.STATUS_ACTIVE;
                Notes.take(
                        "alarm",
                        NAME,
                        alarm.kind() + " " + alarm.status() + (active ? " in a transaction" : " in none"));
            }
        }
    }

    /** Keeps the alarm from nobody else. */
    @ApplicationScoped
    public static class BrokenBell {
        void ring(@Observes OperatorAlert alarm) {
            if (alarm.subject().equals(NAME)) {
                throw new IllegalStateException("a broken bell");
            }
        }
    }
}
