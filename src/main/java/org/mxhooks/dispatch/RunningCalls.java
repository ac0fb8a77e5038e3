package org.mxhooks.dispatch;

import static java.lang.System.Logger.Level.WARNING;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.mxhooks.dispatch.AsyncConsumer.CallOutcome;
import org.mxhooks.dispatch.PendingCall.CallTimeout;
import org.mxhooks.inbox.BodyBudget;

/**
 * An asynchronous consumer's calls, from their begin until their outcome is recorded: together with others' where they
 * succeeded, in a turn of the consumer's where they did not. Safe for use by many threads.
 */
final class RunningCalls {

    private static final System.Logger LOG = System.getLogger(RunningCalls.class.getName());
    private static final Duration SLOW_CALL = Duration.ofSeconds(1);
    private static final Duration SLOW_FOR = Duration.ofSeconds(5);

    private final AsyncConsumer consumer;
    private final NodeContext node;
    private final TurnGuard guard;
    private final Runnable wake;
    private final CallPermits.ConsumerPermits lanes;
    private final CallPermits.ConsumerPermits replays;
    private final Set<PendingCall> running = ConcurrentHashMap.newKeySet();
    private final Queue<PendingCall> answered = new ConcurrentLinkedQueue<>();
    private volatile long slowUntil = System.nanoTime();

    /** @param wake asks for a turn, from any thread */
    RunningCalls(AsyncConsumer consumer, NodeContext node, TurnGuard guard, Runnable wake) {
        this.consumer = consumer;
        this.node = node;
        this.guard = guard;
        this.wake = wake;
        lanes = node.callPermits().new ConsumerPermits();
        replays = node.callPermits().new ConsumerPermits();
    }

    /** Whether calls may begin now. */
    boolean mayBegin() {
        return node.callPace().isOpen();
    }

    /** Takes a permit for calls in a lane, to be given back if none is begun; returns whether there was one. */
    boolean takePermit() {
        return lanes.take(isSlow(), node.inbox().hasRoomForBodies());
    }

    void giveBackPermit() {
        lanes.giveBack();
    }

    /** Whether other lanes, of this consumer or of others, may wait for a permit or for memory for bodies. */
    boolean isScarce() {
        return isSlow() || node.callPermits().areScarce() || !node.inbox().hasRoomForBodies();
    }

    /** Takes a permit for replays beside a lane; as those that are slow they leave half of them to what is new. */
    boolean takeReplayPermit() {
        return replays.take(true, !isSlow() && node.inbox().hasRoomForBodies());
    }

    void giveBackReplayPermit() {
        replays.giveBack();
    }

    /** Whether a call lasts for long, or one has of late. */
    boolean isSlow() {
        return System.nanoTime() - slowUntil < 0
                || running.stream().anyMatch(call -> call.age().compareTo(SLOW_CALL) > 0);
    }

    /** Whether no call is under way, nor to be recorded. */
    boolean isIdle() {
        return lanes.isIdle() && replays.isIdle() && running.isEmpty() && answered.isEmpty();
    }

    /** How many outcomes are to be {@linkplain #settleNext settled} in turns. */
    int toSettle() {
        return answered.size();
    }

    /** Deals with an outcome; returns whether there was one. */
    boolean settleNext() {
        PendingCall call = answered.poll();
        if (call == null) {
            return false;
        }
        AtomicBoolean goesOn = new AtomicBoolean();
        try {
            guard.run(List.of(call.lane()), () -> {
                goesOn.set(call.settle());
                return false;
            });
        } finally {
            if (!goesOn.get()) {
                call.release();
            }
        }
        return true;
    }

    /** Work that reads bodies for a call. */
    interface CallPreparation {
        /** @param begun to be set if a call was begun, which closes the bodies when its outcome is recorded */
        boolean run(BodyBudget.HeldBodies bodies, AtomicBoolean begun) throws SQLException, LaneLost;
    }

    /** Runs work whose bodies count until it ends or, where it begins a call, until that closes them. */
    boolean reading(CallPreparation preparation) throws SQLException, LaneLost {
        AtomicBoolean begun = new AtomicBoolean();
        BodyBudget.HeldBodies bodies = node.inbox().beginReading();
        try {
            return preparation.run(bodies, begun);
        } finally {
            if (begun.get()) {
                bodies.endReading();
            } else {
                bodies.close();
            }
        }
    }

    /** Reading of what is not wanted takes as much as a call. */
    void spent() {
        node.callPace().began();
    }

    /** Begins a call. */
    void start(PendingCall call) {
        node.callPace().began();
        running.add(call);
        CompletableFuture<CallOutcome> future;
        try {
            future = consumer.call(call.entry());
        } catch (RuntimeException | Error e) {
            future = CompletableFuture.failedFuture(e);
        }
        call.began(future);
        future.whenComplete((answer, failure) -> ended(call, answer, failure));
    }

    private void ended(PendingCall call, CallOutcome answer, Throwable failure) {
        if (!call.end(answer, failure)) {
            return;
        }
        if (call.age().compareTo(SLOW_CALL) > 0) {
            slowUntil = System.nanoTime() + SLOW_FOR.toNanos();
        }
        if (call.isTaken() && call instanceof RecordableCall recordable) {
            running.remove(call);
            node.callRecorder().add(recordable);
        } else {
            settleSoon(call);
        }
    }

    /** Its outcome is dealt with in a turn. */
    void settleSoon(PendingCall call) {
        answered.add(call);
        running.remove(call); // only now: it is never seen to be nowhere
        wake.run();
    }

    /** Asks for a turn. */
    void wake() {
        wake.run();
    }

    /** Gives up calls that exceed the time-out; their far ends may still take them. */
    void giveUpLate(Duration timeout) {
        for (PendingCall call : running) {
            if (call.age().compareTo(timeout) >= 0) {
                Failure late = Failure.timeout("exceeded mxhooks.consumer.timeout", timeout, "");
                if (call.end(null, new CallTimeout(late))) {
                    LOG.log(
                            WARNING,
                            "Consumer {0} exceeded mxhooks.consumer.timeout ({1}) on {2}; its call is given up and the event parked",
                            consumer.name(),
                            timeout,
                            Report.describe(call.entry()));
                    call.cancel();
                    settleSoon(call);
                }
            }
        }
    }

    /** Stores what belongs to a call's success, in the caller's transaction. */
    void store(PendingCall call) throws SQLException {
        if (call.row().isPresent()) {
            call.row().get().store(node.sql());
        }
    }
}
