package org.mxhooks.dispatch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.mxhooks.inbox.BodyBudget;
import org.mxhooks.inbox.LogEntry;

/** Deliveries of a lane that were read together, about which a consumer is called one after another. */
final class CallSeries implements AutoCloseable {

    /** Then other lanes have their turn, where they wait for what this one holds. */
    private static final Duration TURN = Duration.ofMillis(200);

    private final Lane lane;
    private final BodyBudget.HeldBodies bodies;
    private final Deque<LogEntry> rest;
    private final long beganAt = System.nanoTime();

    /** @param bodies those of the entries, until the series is closed */
    CallSeries(Lane lane, Collection<LogEntry> entries, BodyBudget.HeldBodies bodies) {
        this.lane = lane;
        this.bodies = bodies;
        rest = new ArrayDeque<>(entries);
    }

    Lane lane() {
        return lane;
    }

    /** The next that may be wanted; what comes before it is passed. */
    Optional<LogEntry> next(UnwantedDeliveries unwanted) {
        while (!rest.isEmpty() && unwanted.pass(lane, rest.peek())) {
            rest.poll();
        }
        return Optional.ofNullable(rest.poll());
    }

    /**
     * Whether the next call may begin without a look at the database.
     *
     * @param scarce whether permits or memory for bodies are
     */
    boolean goesOn(BooleanSupplier scarce) {
        return !rest.isEmpty()
                && (System.nanoTime() - beganAt < TURN.toNanos() || !scarce.getAsBoolean())
                && lane.schedule().isReady()
                && !lane.schedule().isDue()
                && !lane.hasEventsParked();
    }

    @Override
    public void close() {
        bodies.close();
    }
}
