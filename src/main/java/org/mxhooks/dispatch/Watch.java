package org.mxhooks.dispatch;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.mxhooks.database.ConsumerConnections;
import org.mxhooks.resilience.Turns;
import org.mxhooks.resilience.Turns.Occupant;

/** Finds notifications of a consumer that take too long. A thread cannot be stopped, only given up. */
final class Watch {

    private static final System.Logger LOG = System.getLogger(Watch.class.getName());
    private static final Duration SLOW_CALL = Duration.ofMillis(200);
    private static final Duration SLOW_FOR = Duration.ofSeconds(5);
    private static final Duration BREAK_UP_AFTER = Duration.ofSeconds(1);

    private final String consumer;
    private final Duration timeout;
    private final boolean interrupts;
    private final Turns turns;
    private final Set<Shift> running = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean anyBrokenUp = new AtomicBoolean();
    private volatile long slowUntil = System.nanoTime();

    /**
     * @param timeout how long a consumer may take over an event
     * @param interrupts whether late threads are interrupted; under the embedded database that would close its file
     * @param turns that its threads have
     */
    Watch(String consumer, Duration timeout, boolean interrupts, Turns turns) {
        this.consumer = consumer;
        this.timeout = timeout;
        this.interrupts = interrupts;
        this.turns = turns;
    }

    Duration timeout() {
        return timeout;
    }

    /** What becomes of the event of a thread that was given up. */
    interface Aside {
        void set(Failure timeout) throws SQLException, LaneLost;
    }

    /**
     * A thread that was given up.
     *
     * @param turn that the thread had; empty where it had none
     * @param lanes that nobody else could work on
     * @param lane of its event
     * @param position of its event; 0 before the first
     * @param timeout why it was given up
     * @param aside what becomes of its event
     */
    record Overdue(Optional<Occupant> turn, List<Lane> lanes, Lane lane, long position, Failure timeout, Aside aside) {
        void setAside() throws SQLException, LaneLost {
            aside.set(timeout);
        }
    }

    /**
     * Begins to watch the calling thread, until the shift is closed.
     *
     * @param lanes that nobody else works on meanwhile
     */
    Shift begin(List<Lane> lanes, Aside aside) {
        Shift shift = new Shift(lanes, aside);
        running.add(shift);
        return shift;
    }

    /**
     * Whether no call took long of late, so that other lanes do not wait for long for one that is at work with them.
     */
    boolean isQuick() {
        return System.nanoTime() - slowUntil >= 0;
    }

    /** So long took a call. */
    void called(long nanos) {
        if (nanos > SLOW_CALL.toNanos()) {
            slowUntil = System.nanoTime() + SLOW_FOR.toNanos();
        }
    }

    /** Ends transactions of several lanes in which a call takes long, so that the other lanes do not wait for it. */
    void breakUpLong() {
        running.forEach(Shift::breakUpIfLong);
    }

    /** Whether lanes were lost by that since this was asked for the last time. */
    boolean takeBrokenUp() {
        return anyBrokenUp.getAndSet(false);
    }

    /** Whether no call is at work, nor hangs. */
    boolean isIdle() {
        return running.isEmpty();
    }

    /** Gives up the threads that are late; returns each once. */
    List<Overdue> giveUpLate() {
        return running.stream()
                .map(Shift::giveUpIfLate)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Gives up a thread before it is late, if it works for this consumer. */
    List<Overdue> giveUp(Thread thread) {
        return running.stream()
                .filter(shift -> shift.thread == thread)
                .map(Shift::giveUp)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Whether a thread that was given up is still at work on a position. */
    boolean hangsAt(long position) {
        return running.stream().anyMatch(shift -> shift.hangsAt(position));
    }

    /** A thread's work on one transaction. */
    final class Shift implements AutoCloseable {

        private final Thread thread = Thread.currentThread();
        private final Optional<Occupant> turn = turns.current();
        private final ConsumerConnections connections = ConsumerConnections.begin(consumer);
        private final List<Lane> lanes;
        private final Aside aside;
        private final long beganAt = System.nanoTime();
        private Lane lane;
        private String event = "its transaction";
        private long position;
        private long since = System.nanoTime();
        private boolean brokenUp;
        private boolean givenUp;
        private boolean ended;

        private Shift(List<Lane> lanes, Aside aside) {
            this.lanes = lanes;
            this.lane = lanes.get(0);
            this.aside = aside;
        }

        /** Time counts anew, for this event. */
        synchronized void turnTo(Lane newLane, String newEvent, long newPosition) {
            lane = newLane;
            event = newEvent;
            position = newPosition;
            since = System.nanoTime();
        }

        /**
         * The thread repeats the event at which it is; the other lanes are read again. What is being committed is
         * waited for: it has the cursors locked, and most likely waits for the disk.
         */
        private synchronized void breakUpIfLong() {
            boolean isLong = System.nanoTime() - beganAt >= BREAK_UP_AFTER.toNanos();
            boolean isDecided = brokenUp || givenUp || ended || connections.areCommitting();
            if (lanes.size() > 1 && isLong && !isDecided) {
                brokenUp = true;
                slowUntil = System.nanoTime() + SLOW_FOR.toNanos();
                connections.abandonTransactions();
                lanes.stream()
                        .filter(other -> other != lane)
                        .forEach(other -> other.schedule().lose());
                anyBrokenUp.set(true);
            }
        }

        /** @throws IllegalStateException if other threads may work on some of the lanes by now */
        synchronized void demandWhole() {
            if (brokenUp) {
                throw new IllegalStateException("the transaction took too long for several lanes");
            }
        }

        private synchronized Optional<Overdue> giveUpIfLate() {
            return System.nanoTime() - since < timeout.toNanos()
                    ? Optional.empty()
                    : abandon("exceeded mxhooks.consumer.timeout", timeout);
        }

        /** Not in its first second: the thread may have begun something else meanwhile. */
        private synchronized Optional<Overdue> giveUp() {
            Duration age = Duration.ofSeconds(
                    Duration.ofNanos(System.nanoTime() - since).toSeconds());
            return age.isZero() ? Optional.empty() : abandon("kept others from their turn", age);
        }

        private Optional<Overdue> abandon(String reason, Duration after) {
            if (givenUp || ended) {
                return Optional.empty();
            }
            givenUp = true;
            String stack = Arrays.stream(thread.getStackTrace())
                    .map(frame -> "\tat " + frame)
                    .collect(Collectors.joining("\n"));
            LOG.log(
                    WARNING,
                    "Consumer {0} {3} ({2}) on {1}; its thread is abandoned and the event parked. Stack:\n{4}",
                    consumer,
                    event,
                    after,
                    reason,
                    stack);
            connections.abandon(); // before the shift can end: what the thread does next is innocent
            if (interrupts) {
                thread.interrupt();
            }
            return Optional.of(new Overdue(turn, lanes, lane, position, Failure.timeout(reason, after, stack), aside));
        }

        private synchronized boolean hangs() {
            return givenUp && !ended;
        }

        private synchronized boolean hangsAt(long where) {
            return hangs() && position == where;
        }

        /** Clears an interrupt of ours, which is not meant for what the thread does next. */
        @Override
        public synchronized void close() {
            ended = true;
            connections.close();
            running.remove(this);
            if (givenUp) {
                Thread.interrupted();
                LOG.log(INFO, "Timed-out call of consumer {0} for {1} has returned", consumer, event);
            }
        }
    }
}
