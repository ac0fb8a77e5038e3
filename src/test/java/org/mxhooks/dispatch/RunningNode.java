package org.mxhooks.dispatch;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.mxhooks.database.TestDatabase;
import org.mxhooks.dispatch.Dispatcher.Pace;
import org.mxhooks.inbox.Inbox;

/** A node without consumers, for tests of those that look at it from outside. */
public final class RunningNode implements AutoCloseable {

    private final Dispatch dispatch;
    private final Dispatcher dispatcher;

    /** One that migrates the database when it is started. */
    public RunningNode(TestDatabase database, Inbox inbox) {
        dispatch = Dispatch.of(database.dataSource(), database.transaction(), inbox);
        dispatcher = new Dispatcher(
                database.database(),
                inbox,
                UUID.randomUUID(),
                new Sql(database.dataSource()),
                List.of(),
                new Pace(Duration.ofMillis(50), Duration.ofMillis(50), Duration.ofMillis(200)),
                Executors.defaultThreadFactory());
        dispatch.tellOf(dispatcher);
    }

    /** The door to it. */
    public Dispatch dispatch() {
        return dispatch;
    }

    public void start() {
        dispatcher.start();
    }

    @Override
    public void close() {
        dispatcher.close();
    }
}
