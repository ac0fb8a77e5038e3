package org.mxhooks.resilience;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Gives the consumers of a node their turns, on threads that they share. A turn needs a permit, which stands for its
 * connection; consumers that have something to do get one in turn. A turn that lasts exchanges its quick permit for one
 * of the slow ones; where none is left, a slow turn is to be given up. So whatever consumers hold, a quick permit
 * returns within seconds.
 */
public final class Turns {

    private static final int QUICK = 8;
    private static final int SLOW = 8;
    private static final int MAX_TURNS = 4;
    private static final int MAX_SLOW_TURNS = 2;
    private static final int MAX_QUICK_OF_SLOW = 3;

    /** Where the next one is the only turn of its consumer: it was slow, but need not queue with those that hang. */
    private static final int MAX_QUICK_OF_SLOW_AT_FIRST = 5;

    private static final int MAX_HANGING = 8;

    /** Left to consumers that have no turn, while no slow permit is. */
    private static final int QUICK_FOR_OTHERS = 2;

    /** Longer than a usual turn. */
    private static final Duration LONG_AFTER = Duration.ofMillis(250);

    private static final Duration SLOW_AFTER = Duration.ofSeconds(1);
    private static final Duration GIVE_UP_AFTER = Duration.ofSeconds(5);
    private static final Duration IDLE_THREAD_TIMEOUT = Duration.ofSeconds(30);

    private final LongSupplier nanoTime;
    private final ThreadPoolExecutor threads;
    private final Set<Participant> ready = new LinkedHashSet<>();
    private final Set<Occupant> running = new LinkedHashSet<>();
    private final Map<Thread, Occupant> byThread = new ConcurrentHashMap<>();
    private final Deque<Occupant> askedForSlow = new ArrayDeque<>();
    private int quickFree = QUICK;
    private int slowFree = SLOW;
    private Throwable noThread;

    public Turns(ThreadFactory factory) {
        this(factory, System::nanoTime);
    }

    /** @param nanoTime as {@link System#nanoTime} */
    Turns(ThreadFactory factory, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        threads = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_THREAD_TIMEOUT.toSeconds(),
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                factory);
    }

    /** What a consumer does in a turn. */
    public interface TurnWork {
        void run();

        /** In any case, also where there is no thread to be had. */
        void end();
    }

    /** Where a consumer's work comes from. */
    public interface WorkSource {
        /**
         * The next piece of work, which nobody else is given until it ends; empty if there is none now. Where this
         * fails, none has begun.
         */
        Optional<TurnWork> next();
    }

    /** A consumer's part in the turns of this node. */
    public static final class Participant {
        private final WorkSource source;
        private int turns;
        private int slowPermits;
        private int hanging;
        private boolean slow;

        public Participant(WorkSource source) {
            this.source = source;
        }

        /** Also where a turn was moved before it was slow: whether it hangs is not known then. */
        private boolean mayHang() {
            return slow || slowPermits > 0;
        }
    }

    /** A turn that a thread has. */
    public final class Occupant {
        private final Participant participant;
        private final long beganAt = nanoTime.getAsLong();
        private Thread thread;
        private boolean slow;
        private boolean asked;
        private boolean givenUp;

        private Occupant(Participant participant) {
            this.participant = participant;
        }

        private boolean lasts(Duration duration) {
            return nanoTime.getAsLong() - beganAt >= duration.toNanos();
        }
    }

    /** The consumer may have something to do; returns at once. */
    public synchronized void offer(Participant participant) {
        ready.add(participant);
        startAll();
        Throwable failure = noThread;
        noThread = null;
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw (RuntimeException) failure;
        }
    }

    /** Runs something short that needs no turn. */
    public void execute(Runnable work) {
        threads.execute(work);
    }

    /** How many turns a consumer has, apart from those that were given up. */
    public synchronized int turns(Participant participant) {
        return participant.turns;
    }

    private void startAll() {
        boolean started = true;
        while (started && noThread == null) {
            started = false;
            for (Participant participant : List.copyOf(ready)) {
                if (quickFree > 0 && noThread == null && mayStart(participant)) {
                    started |= startNext(participant);
                }
            }
        }
    }

    private boolean mayStart(Participant participant) {
        if (participant.hanging >= MAX_HANGING) {
            return false;
        }
        int mostThatMayHang =
                participant.turns == 0 && participant.hanging == 0 ? MAX_QUICK_OF_SLOW_AT_FIRST : MAX_QUICK_OF_SLOW;
        return participant.turns < (participant.slow ? MAX_SLOW_TURNS : MAX_TURNS)
                && (participant.turns == 0 || slowFree > 0 || quickFree > QUICK_FOR_OTHERS)
                && (!participant.mayHang() || quickOfThoseThatMayHang() < mostThatMayHang);
    }

    private long quickOfThoseThatMayHang() {
        return running.stream()
                .filter(turn -> turn.participant.mayHang() && !turn.slow)
                .count();
    }

    /** Afterwards the consumer is the last in line, or not in line if it has nothing to do. */
    private boolean startNext(Participant participant) {
        ready.remove(participant);
        Occupant turn = new Occupant(participant); // first: if it cannot be made, there is no work that has to end
        Optional<TurnWork> work = participant.source.next();
        return work.isPresent() && start(turn, work.get());
    }

    private boolean start(Occupant turn, TurnWork work) {
        quickFree--;
        turn.participant.turns++;
        try {
            ready.add(turn.participant);
            running.add(turn);
            threads.execute(() -> run(turn, work));
            return true;
        } catch (RuntimeException | Error e) {
            work.end();
            release(turn);
            noThread = e;
            return false;
        }
    }

    private void run(Occupant turn, TurnWork work) {
        turn.thread = Thread.currentThread();
        try {
            byThread.put(turn.thread, turn);
            work.run();
        } finally {
            byThread.remove(turn.thread);
            work.end();
            end(turn);
        }
    }

    private synchronized void end(Occupant turn) {
        if (turn.givenUp) {
            turn.participant.hanging--;
        } else {
            boolean othersLast = running.stream()
                    .anyMatch(
                            other -> other != turn && other.participant == turn.participant && other.lasts(SLOW_AFTER));
            turn.participant.slow = othersLast || turn.participant.slow && turn.lasts(SLOW_AFTER);
            release(turn);
        }
        ready.add(turn.participant); // what it was at had no other turn meanwhile, so it may have left the line
        startAll();
    }

    private void release(Occupant turn) {
        running.remove(turn);
        askedForSlow.remove(turn);
        turn.participant.turns--;
        if (turn.slow) {
            turn.participant.slowPermits--;
            slowFree++;
            giveSlowPermits();
        } else {
            quickFree++;
        }
    }

    private void giveSlowPermits() {
        while (slowFree > 0 && !askedForSlow.isEmpty()) {
            exchange(askedForSlow.poll());
        }
    }

    private void exchange(Occupant turn) {
        turn.slow = true;
        turn.participant.slowPermits++;
        slowFree--;
        quickFree++;
    }

    /**
     * Moves turns that last to slow permits.
     *
     * @return threads of which one is to be given up, so that others go ahead, in the order of what they cost; none if
     *     none has to. A thread may be where it cannot be given up, so the next is to be tried
     */
    public synchronized List<Thread> relieve() {
        for (Occupant turn : running) {
            if (!turn.asked && turn.lasts(SLOW_AFTER)) {
                turn.asked = true;
                turn.participant.slow = true;
                if (!turn.slow) {
                    askedForSlow.add(turn);
                }
            }
        }
        giveSlowPermits();
        if (quickFree == 0) {
            moveLong();
        }
        startAll();
        return askedForSlow.isEmpty() ? List.of() : mostCostlyFirst();
    }

    /** Where all quick permits are taken, others do not wait until turns are slow as long as slow permits are left. */
    private void moveLong() {
        running.stream()
                .filter(turn -> !turn.slow && turn.lasts(LONG_AFTER))
                .limit(slowFree)
                .forEach(this::exchange);
    }

    private List<Thread> mostCostlyFirst() {
        return running.stream()
                .filter(turn -> turn.slow && turn.thread != null && turn.lasts(GIVE_UP_AFTER))
                .sorted(Comparator.<Occupant>comparingInt(turn -> -turn.participant.turns)
                        .thenComparing(turn -> turn.beganAt))
                .map(turn -> turn.thread)
                .toList();
    }

    /** The turn of the calling thread; empty if it has none. */
    public Optional<Occupant> current() {
        return Optional.ofNullable(byThread.get(Thread.currentThread()));
    }

    /**
     * A turn is given up: its permit passes on, while the thread may hang for ever. Where the turn has ended, nothing
     * happens: the thread may have another one.
     */
    public synchronized void giveUp(Occupant turn) {
        if (running.contains(turn)) {
            turn.givenUp = true;
            turn.participant.hanging++;
            turn.participant.slow = true;
            release(turn);
            startAll();
        }
    }

    /** Takes no further work. */
    public void shutdown() {
        threads.shutdown();
    }

    /** Whether all threads have ended in time. */
    public boolean awaitEnd(Duration timeout) throws InterruptedException {
        return threads.awaitTermination(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Interrupts what still runs. */
    public void interrupt() {
        threads.shutdownNow();
    }
}
