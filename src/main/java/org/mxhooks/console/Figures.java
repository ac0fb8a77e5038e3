package org.mxhooks.console;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;
import org.mxhooks.ingest.EndpointRegistry;
import org.mxhooks.ingest.EndpointState;
import org.mxhooks.operations.Backlog;
import org.mxhooks.operations.DeadGroup;
import org.mxhooks.operations.NodeState;
import org.mxhooks.operations.Operations;

/** What the pages show of the whole: read at most once a second, however many browsers look. Thread-safe. */
@ApplicationScoped
class Figures {

    static final Duration STEP = Duration.ofMinutes(2);
    static final int STEPS = 30;
    private static final Duration FRESH = Duration.ofSeconds(1);

    @Inject
    Operations operations;

    @Inject
    EndpointRegistry endpoints;

    private final LongSupplier nanoTime = System::nanoTime;
    private Snapshot latest;
    private long readAt;

    /**
     * The figures at a moment.
     *
     * @param readAt by this node's clock
     * @param backlogs of every consumer by name
     * @param dead letters by consumer and reason
     * @param endpoints by name
     * @param nodes those that run and those that were there within the last day
     * @param arrivals in the last hour, in periods of {@link #STEP}
     */
    record Snapshot(
            Instant readAt,
            List<Backlog> backlogs,
            List<DeadGroup> dead,
            List<EndpointState> endpoints,
            List<NodeState> nodes,
            List<Long> arrivals) {}

    synchronized Snapshot snapshot() throws SQLException {
        long now = nanoTime.getAsLong();
        if (latest == null || now - readAt >= FRESH.toNanos()) {
            latest = read();
            readAt = nanoTime.getAsLong();
        }
        return latest;
    }

    /** What was read before a change is not shown after it. */
    synchronized void forget() {
        latest = null;
    }

    private Snapshot read() throws SQLException {
        Instant now = Instant.now();
        return new Snapshot(
                now,
                operations.backlogs(),
                operations.deadGroups(),
                endpoints.all(),
                operations.nodes(),
                operations.arrivals(now.minus(STEP.multipliedBy(STEPS)), STEP, STEPS));
    }
}
