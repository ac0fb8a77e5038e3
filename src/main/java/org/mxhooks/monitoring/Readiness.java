package org.mxhooks.monitoring;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.mxhooks.dispatch.Engine;
import org.mxhooks.inbox.Inbox;

/**
 * Health of the parts that accepting and dispatching a delivery needs. The broker is not one of them: without it
 * deliveries are still accepted.
 */
@ApplicationScoped
class Readiness {

    @Inject
    DatabaseProbe database;

    @Inject
    Inbox inbox;

    @Inject
    Engine engine;

    private CachedProbe<Boolean> inboxWrites;

    static Readiness of(DatabaseProbe database, Inbox inbox, Engine engine) {
        Readiness readiness = new Readiness();
        readiness.database = database;
        readiness.inbox = inbox;
        readiness.engine = engine;
        readiness.open();
        return readiness;
    }

    @PostConstruct
    void open() {
        inboxWrites = new CachedProbe<>(inbox::check);
    }

    List<Check> checks() {
        return List.of(
                Check.of("database", database.answers(), database.reason()),
                Check.of("inbox", inboxWrites.result().orElse(false), "it cannot write; senders receive 503"),
                Check.of("dispatch", engine.isRunning(), "it waits for the database, or is starting or stopping"));
    }
}
