package org.mxhooks.dispatch;

import static java.lang.System.Logger.Level.WARNING;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.mxhooks.dispatch.AsyncConsumer.CallOutcome;
import org.mxhooks.dispatch.CallRecorder.RecordableCall;
import org.mxhooks.dispatch.PendingCall.CallTimeout;
import org.mxhooks.dispatch.WaitLog.WaitingWork;
import org.mxhooks.inbox.BodyBudget;
import org.mxhooks.inbox.LogEntry;

/**
 * Calls an asynchronous consumer about what is beyond its cursors, what is parked, and what is replayed. A call is
 * begun in a turn, or when the one before it in its lane was recorded; until it is recorded itself, its lane is in no
 * turn. What did not succeed is dealt with in a turn again.
 */
final class CallWorker {

    private static final System.Logger LOG = System.getLogger(CallWorker.class.getName());
    private static final Duration SLOW_CALL = Duration.ofSeconds(1);
    private static final Duration SLOW_FOR = Duration.ofSeconds(5);

    private final AsyncConsumer consumer;
    private final NodeContext node;
    private final ConsumerWork work;
    private final TurnGuard guard;
    private final Runnable wake;
    private final LaneReader reader;
    private final LaneCursors cursors;
    private final CallPermits.ConsumerPermits permits;
    private final Set<PendingCall> running = ConcurrentHashMap.newKeySet();
    private final Queue<PendingCall> answered = new ConcurrentLinkedQueue<>();
    private volatile long slowUntil = System.nanoTime();

    /** @param wake asks for a turn, from any thread */
    CallWorker(AsyncConsumer consumer, NodeContext node, ConsumerWork work, TurnGuard guard, Runnable wake) {
        this.consumer = consumer;
        this.node = node;
        this.work = work;
        this.guard = guard;
        this.wake = wake;
        reader = new LaneReader(node.inbox());
        cursors = new LaneCursors(node.inbox(), work.ledger().lanes());
        permits = node.callPermits().new ConsumerPermits();
    }

    /** Whether calls may begin now. */
    boolean isOpen() {
        return node.callPace().isOpen();
    }

    /** Takes a permit for calls in a lane, to be given back if none is begun; returns whether there was one. */
    boolean takePermit() {
        return permits.take(isSlow(), node.inbox().hasRoomForBodies());
    }

    void giveBackPermit() {
        permits.giveBack();
    }

    private boolean isSlow() {
        return System.nanoTime() - slowUntil < 0
                || running.stream().anyMatch(call -> call.age().compareTo(SLOW_CALL) > 0);
    }

    /** Whether no call is under way, nor to be recorded. */
    boolean isIdle() {
        return permits.isIdle() && running.isEmpty() && answered.isEmpty();
    }

    /** Whether outcomes are to be {@linkplain #settleNext settled} in a turn. */
    boolean hasAnswers() {
        return !answered.isEmpty();
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

    /** Begins the next call in a lane, with a permit; returns whether one is under way, which holds both then. */
    boolean begin(Lane lane) throws SQLException, LaneLost {
        LaneSchedule schedule = lane.schedule();
        if (schedule.takeDue()) {
            AtomicBoolean begun = new AtomicBoolean();
            boolean any = reading(
                    bodies -> work.retries()
                            .retryNext(
                                    lane,
                                    (in, parked, entry) ->
                                            begun.set(attempt(new RetryCall(in, entry, parked, bodies)))),
                    begun);
            if (begun.get()) {
                return true;
            }
            work.retries().lookForParked(lane);
            if (any) {
                schedule.signalDue();
            }
        }
        return beginPending(lane);
    }

    /** Work that reads bodies. */
    private interface ReadingWork {
        boolean run(BodyBudget.HeldBodies bodies) throws SQLException, LaneLost;
    }

    /** @param begun whether a call was begun, which holds the bodies until its outcome is recorded */
    private boolean reading(ReadingWork reading, AtomicBoolean begun) throws SQLException, LaneLost {
        BodyBudget.HeldBodies bodies = node.inbox().beginReading();
        try {
            return reading.run(bodies);
        } finally {
            if (begun.get()) {
                bodies.endReading();
            } else {
                bodies.close();
            }
        }
    }

    private boolean beginPending(Lane lane) throws SQLException, LaneLost {
        if (!lane.schedule().takePending()) {
            return false;
        }
        AtomicBoolean begun = new AtomicBoolean();
        return reading(
                bodies -> {
                    List<LogEntry> read = reader.read(lane, isSlow() ? 1 : LaneReader.MAX_READ);
                    if (read.isEmpty()) {
                        LaneReader.settle(lane, work.ledger().lanes());
                    } else {
                        lane.schedule().signalPending();
                        begun.set(beginNext(new CallSeries(lane, read, bodies)));
                    }
                    return begun.get();
                },
                begun);
    }

    /** What waits for another, or may have killed nodes, is parked. */
    private boolean beginNext(CallSeries series) throws SQLException, LaneLost {
        Optional<LogEntry> next = series.next(work.unwanted());
        while (next.isPresent() && parks(series.lane(), next.get())) {
            next = series.next(work.unwanted());
        }
        next.ifPresent(entry -> start(new LaneCall(series, entry)));
        return next.isPresent();
    }

    private boolean parks(Lane lane, LogEntry entry) throws SQLException, LaneLost {
        Advance over = new Advance(lane.claim(), lane.passed(), entry);
        boolean suspect = over.claim().isSuspect();
        Ledger ledger = work.ledger();
        boolean waits = lane.hasEventsParked() && ledger.parked().waits(consumer.name(), entry);
        if (!waits && !suspect) {
            return false;
        }
        AtomicBoolean parked = new AtomicBoolean();
        ledger.commit(() -> {
            ledger.lanes().lock(over.claim()); // else the one it waits behind could just be finishing
            parked.set(true);
            if (ledger.parked().waits(consumer.name(), entry)) {
                ledger.parked().parkBehind(over.claim(), entry);
            } else if (suspect) {
                ledger.parkSuspect(lane, over.claim(), entry, work.retry().delayAfter(1));
            } else {
                parked.set(false);
                return;
            }
            cursors.move(over);
        });
        if (parked.get()) {
            lane.moveTo(entry.position());
        }
        return parked.get();
    }

    /** What came of the attempt to begin a replay. */
    enum ReplayBegin {
        CALLING,
        DONE_WITHOUT,
        NOTHING_DUE
    }

    /** Begins the next replay beside a lane. */
    ReplayBegin replay(Replaying replaying) throws SQLException, LaneLost {
        AtomicBoolean begun = new AtomicBoolean();
        boolean any = reading(
                bodies -> work.retries()
                        .replayNext(
                                replaying.beside(),
                                (beside, parked, entry) ->
                                        begun.set(attempt(new ReplayCall(replaying, entry, parked, bodies)))),
                begun);
        if (begun.get()) {
            return ReplayBegin.CALLING;
        }
        return any ? ReplayBegin.DONE_WITHOUT : ReplayBegin.NOTHING_DUE;
    }

    /** Returns false where the consumer no longer wants the event. */
    private boolean attempt(ParkedCall call) throws SQLException, LaneLost {
        boolean wanted =
                !call.entry().body().isEmpty() && consumer.wants(call.entry().attributes());
        if (wanted) {
            start(call);
        } else {
            work.retries().finish(call.lane(), call.begun(), call.entry(), () -> {});
        }
        return wanted;
    }

    private void start(PendingCall call) {
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

    private void settleSoon(PendingCall call) {
        answered.add(call);
        running.remove(call); // only now: it is never seen to be nowhere
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

    private void store(PendingCall call) throws SQLException {
        if (call.row().isPresent()) {
            call.row().get().store(node.sql());
        }
    }

    /** A call about what is next in a lane. */
    private final class LaneCall extends PendingCall implements RecordableCall {
        private final CallSeries series;
        private final Advance over;

        LaneCall(CallSeries series, LogEntry entry) {
            super(series.lane(), entry);
            this.series = series;
            over = new Advance(lane().claim(), lane().passed(), entry);
        }

        @Override
        public Advance over() {
            return over;
        }

        @Override
        public void recorded() {
            if (!guard.run(List.of(lane()), this::goOn)) {
                release();
                wake.run();
            }
        }

        private boolean goOn() {
            note();
            Optional<LogEntry> next = mayGoOn() ? series.next(work.unwanted()) : Optional.empty();
            next.ifPresent(entry -> start(new LaneCall(series, entry)));
            return next.isPresent();
        }

        private boolean mayGoOn() {
            return !work.suspension().isActive() && node.callPace().isOpen() && series.goesOn();
        }

        @Override
        public void unrecorded() {
            settleSoon(this);
        }

        @Override
        boolean settle() throws SQLException, LaneLost {
            Optional<Failure> failure = failure();
            if (failure.isPresent()) {
                work.failures().handle(lane(), over, failure.get());
            } else {
                recordAlone();
            }
            return false;
        }

        private void recordAlone() throws SQLException, LaneLost {
            try {
                work.ledger().transaction().run(() -> {
                    store(this);
                    cursors.move(over);
                });
                note();
            } catch (LaneLost e) {
                throw e;
            } catch (Throwable e) {
                work.failures().handle(lane(), over, Failure.of(e));
            }
        }

        private void note() {
            lane().moveTo(entry().position());
            work.report().outcomes().done(1);
            work.report().waits().ended(WaitingWork.lane(over.claim()), () -> Report.describe(entry()));
        }

        @Override
        void release() {
            series.close();
            lane().schedule().endTurn();
            permits.giveBack();
        }
    }

    /** A call about what is parked. */
    private abstract class ParkedCall extends PendingCall {
        private final ParkedEvent begun;
        private final BodyBudget.HeldBodies bodies;

        ParkedCall(Lane lane, LogEntry entry, ParkedEvent begun, BodyBudget.HeldBodies bodies) {
            super(lane, entry);
            this.begun = begun;
            this.bodies = bodies;
        }

        ParkedEvent begun() {
            return begun;
        }

        void end() throws SQLException, LaneLost {
            try {
                Optional<Failure> failure = failure();
                if (failure.isPresent()) {
                    work.retries().fail(lane(), begun, entry(), failure.get());
                } else {
                    work.retries().finish(lane(), begun, entry(), () -> store(this));
                }
            } finally {
                bodies.close();
            }
        }
    }

    /** At most one retry for each series of pending events, so that neither delays the other. */
    private final class RetryCall extends ParkedCall {

        RetryCall(Lane lane, LogEntry entry, ParkedEvent begun, BodyBudget.HeldBodies bodies) {
            super(lane, entry, begun, bodies);
        }

        @Override
        boolean settle() throws SQLException, LaneLost {
            end();
            work.retries().lookForParked(lane());
            lane().schedule().signalDue();
            return !work.suspension().isActive() && lane().schedule().isReady() && beginPending(lane());
        }

        @Override
        void release() {
            lane().schedule().endTurn();
            permits.giveBack();
        }
    }

    /** A replay beside the lanes. */
    private final class ReplayCall extends ParkedCall {
        private final Replaying replaying;

        ReplayCall(Replaying replaying, LogEntry entry, ParkedEvent begun, BodyBudget.HeldBodies bodies) {
            super(replaying.beside(), entry, begun, bodies);
            this.replaying = replaying;
        }

        @Override
        boolean settle() throws SQLException, LaneLost {
            end();
            return replaying.next();
        }

        @Override
        void release() {
            replaying.end();
        }
    }

    /** Replays one after another beside a lane. */
    interface Replaying {
        Lane beside();

        /** Begins the next call; returns whether one is under way. */
        boolean next() throws SQLException, LaneLost;

        void end();
    }
}
