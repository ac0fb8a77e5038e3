package org.mxhooks.dispatch;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.mxhooks.database.Sql;
import org.mxhooks.database.TestDatabase;
import org.mxhooks.dispatch.DispatchLoop.Pace;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.operations.Operations;
import org.mxhooks.resilience.Turns;

/** A node without consumers, for tests of those that look at it from outside. */
public final class RunningNode implements AutoCloseable {

    private final Engine engine;
    private final Operations operations;
    private final DispatchLoop loop;

    /** One that migrates the database when it is started. */
    public RunningNode(TestDatabase database, Inbox inbox) {
        engine = Engine.of(database.dataSource());
        operations = Operations.of(database.dataSource(), database.transaction(), inbox, engine);
        loop = new DispatchLoop(
                database.database(),
                new NodeContext(
                        UUID.randomUUID(),
                        inbox,
                        new Sql(database.dataSource()),
                        database.transaction(),
                        new Turns(Executors.defaultThreadFactory()),
                        new SimpleMeterRegistry()),
                new Roster(List.of(), consumer -> null),
                Executors.defaultThreadFactory(),
                new Pace(Duration.ofMillis(50), Duration.ofMillis(50), Duration.ofMillis(200), Duration.ZERO));
        engine.attach(loop);
    }

    public Engine engine() {
        return engine;
    }

    public Operations operations() {
        return operations;
    }

    public void start() {
        loop.start();
    }

    @Override
    public void close() {
        loop.close();
    }
}
