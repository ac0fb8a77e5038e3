package org.mxhooks.operations;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.mxhooks.database.TestDatabase;
import org.mxhooks.inbox.Inbox;

/** A database of the test's own without nodes, in a state of work that the test chooses. */
public abstract class WorkFixture {

    protected TestDatabase database;
    protected Inbox inbox;
    protected WorkState work;

    protected abstract TestDatabase database() throws SQLException;

    @BeforeEach
    void open() throws SQLException {
        database = database().migrated();
        inbox = new Inbox(
                database.database(),
                database.dataSource(),
                Executors.defaultThreadFactory(),
                new SimpleMeterRegistry());
        work = new WorkState(database.dataSource(), inbox);
    }

    @AfterEach
    void close() {
        inbox.close();
        database.close();
    }
}
