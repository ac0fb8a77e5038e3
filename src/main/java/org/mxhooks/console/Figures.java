package org.mxhooks.console;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;
import org.mxhooks.alarms.Alarms;
import org.mxhooks.event.OperatorAlert;
import org.mxhooks.ingest.EndpointRegistry;
import org.mxhooks.ingest.EndpointState;
import org.mxhooks.operations.Backlog;
import org.mxhooks.operations.DeadGroup;
import org.mxhooks.operations.NodeState;
import org.mxhooks.operations.Operations;

/**
 * What the pages show of the whole: read at most once a second, and less often where that takes long, however many
 * browsers look. A failure is shared as well: while the database does not answer, one request waits for it and not each
 * in turn. Thread-safe.
 */
@ApplicationScoped
class Figures {

    static final Duration STEP = Duration.ofMinutes(2);
    static final int STEPS = 30;
    private static final Duration FRESH = Duration.ofSeconds(1);

    /** The database has other work. */
    private static final int PAUSE_PER_READ = 4;

    private static final Duration MAX_PAUSE = Duration.ofSeconds(15);

    @Inject
    Operations operations;

    @Inject
    EndpointRegistry endpoints;

    @Inject
    Alarms alarms;

    LongSupplier nanoTime = System::nanoTime;
    private Snapshot latest;
    private SQLException failure;
    private long expires;

    /**
     * The figures at a moment.
     *
     * @param readAt by this node's clock
     * @param backlogs of every consumer by name
     * @param dead letters by consumer and reason
     * @param endpoints by name
     * @param nodes those that run and those that were there within the last day
     * @param arrivals in the last hour, in periods of {@link #STEP}
     * @param alarms that last, the newest first
     */
    record Snapshot(
            Instant readAt,
            List<Backlog> backlogs,
            List<DeadGroup> dead,
            List<EndpointState> endpoints,
            List<NodeState> nodes,
            List<Long> arrivals,
            List<OperatorAlert> alarms) {}

    synchronized Snapshot snapshot() throws SQLException {
        long now = nanoTime.getAsLong();
        if (latest == null && failure == null || now - expires >= 0) {
            readAgain(now);
        }
        if (failure != null) {
            throw new SQLException(failure.getMessage(), failure.getSQLState(), failure);
        }
        return latest;
    }

    private void readAgain(long began) {
        latest = null;
        failure = null;
        try {
            latest = read();
        } catch (SQLException e) {
            failure = e;
        }
        long ended = nanoTime.getAsLong();
        long pause = Math.min(MAX_PAUSE.toNanos(), PAUSE_PER_READ * (ended - began));
        expires = ended + Math.max(FRESH.toNanos(), pause);
    }

    /** What was read before a change is not shown after it. */
    synchronized void forget() {
        latest = null;
        failure = null;
    }

    private Snapshot read() throws SQLException {
        Instant now = Instant.now();
        return new Snapshot(
                now,
                operations.backlogs(),
                operations.deadGroups(),
                endpoints.all(),
                operations.nodes(),
                operations.arrivals(now.minus(STEP.multipliedBy(STEPS)), STEP, STEPS),
                alarms.raised());
    }
}
