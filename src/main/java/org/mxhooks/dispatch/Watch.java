package org.mxhooks.dispatch;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Looks out for notifications of a consumer that take too long. A thread cannot be stopped, only given up. */
final class Watch {

    private static final System.Logger LOG = System.getLogger(Watch.class.getName());

    private final String consumer;
    private final Duration timeout;
    private final boolean interrupts;
    private final Set<Shift> running = ConcurrentHashMap.newKeySet();

    /**
     * @param timeout how long a consumer may take over an event
     * @param interrupts whether late threads are interrupted; under the embedded database that would close its file
     */
    Watch(String consumer, Duration timeout, boolean interrupts) {
        this.consumer = consumer;
        this.timeout = timeout;
        this.interrupts = interrupts;
    }

    Duration timeout() {
        return timeout;
    }

    /** What to do about a notification that is late; called on the thread that looks out. */
    interface Late {
        void giveUp(long position, Failure timeout);
    }

    /** Begins to watch the calling thread, until the shift is closed. */
    Shift begin(Late late) {
        Shift shift = new Shift(late);
        running.add(shift);
        return shift;
    }

    /** Gives up what is late. */
    void lookOut() {
        running.forEach(
                shift -> shift.failureIfLate().ifPresent(timeout -> shift.late.giveUp(shift.position, timeout)));
    }

    /** Whether a thread that was given up is still at work on a position. */
    boolean hangsAt(long position) {
        return running.stream().anyMatch(shift -> shift.hangsAt(position));
    }

    /** How many threads were given up and have not come back. */
    int hanging() {
        return (int) running.stream().filter(Shift::hangs).count();
    }

    /** A thread's work on one transaction. */
    final class Shift implements AutoCloseable {

        private final Thread thread = Thread.currentThread();
        private final Late late;
        private String about = "its transaction";
        private volatile long position;
        private long since = System.nanoTime();
        private boolean givenUp;
        private boolean ended;

        private Shift(Late late) {
            this.late = late;
        }

        /** Time counts anew, for this event. */
        synchronized void turnTo(String event, long newPosition) {
            about = event;
            position = newPosition;
            since = System.nanoTime();
        }

        private synchronized Optional<Failure> failureIfLate() {
            if (givenUp || ended || System.nanoTime() - since < timeout.toNanos()) {
                return Optional.empty();
            }
            givenUp = true;
            String stack = Arrays.stream(thread.getStackTrace())
                    .map(frame -> "\tat " + frame)
                    .collect(Collectors.joining("\n"));
            LOG.log(
                    WARNING,
                    "Consumer {0} exceeded mxhooks.consumer.timeout ({2}) on {1}; its thread is abandoned and the event parked. Stack:\n{3}",
                    consumer,
                    about,
                    timeout,
                    stack);
            if (interrupts) {
                thread.interrupt();
            }
            return Optional.of(Failure.timeout(timeout, stack));
        }

        private synchronized boolean hangs() {
            return givenUp && !ended;
        }

        private synchronized boolean hangsAt(long where) {
            return hangs() && position == where;
        }

        /** Takes back an interrupt of ours, which is not meant for what the thread does next. */
        @Override
        public synchronized void close() {
            ended = true;
            running.remove(this);
            if (givenUp) {
                Thread.interrupted();
                LOG.log(INFO, "Timed-out call of consumer {0} for {1} has returned", consumer, about);
            }
        }
    }
}
