package org.mxhooks.dispatch;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.mxhooks.dispatch.WaitLog.WaitingWork;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.inbox.LogEntry;

/**
 * Calls an asynchronous consumer about what is beyond its cursors. A call is begun in a turn, or when the one before it
 * in its lane was recorded; until it is recorded itself, its lane is in no turn.
 */
final class LaneCalls {

    private final AsyncConsumer consumer;
    private final ConsumerWork work;
    private final TurnGuard guard;
    private final RunningCalls running;
    private final LaneReader reader;
    private final LaneCursors cursors;

    LaneCalls(AsyncConsumer consumer, Inbox inbox, ConsumerWork work, TurnGuard guard, RunningCalls running) {
        this.consumer = consumer;
        this.work = work;
        this.guard = guard;
        this.running = running;
        reader = new LaneReader(inbox, consumer);
        cursors = new LaneCursors(inbox, work.ledger().lanes());
    }

    /** Begins the next call in a lane, with its permit; returns whether one is under way, which holds both then. */
    boolean begin(Lane lane) throws SQLException, LaneLost {
        return lane.schedule().takePending()
                && running.reading((bodies, begun) -> {
                    int limit = running.isSlow() ? 1 : LaneReader.MAX_READ;
                    LaneReader.LanePiece read = reader.read(lane, limit);
                    if (read.isEnd()) {
                        LaneReader.settle(lane, work.ledger().lanes());
                    } else {
                        lane.schedule().signalPending();
                        begun.set(beginNext(new CallSeries(lane, read.entries(), bodies)));
                        if (!begun.get() && read.isFromDatabase()) {
                            running.spent();
                        }
                    }
                    return begun.get();
                });
    }

    /** What waits for another, or may have killed nodes, is parked. */
    private boolean beginNext(CallSeries series) throws SQLException, LaneLost {
        Optional<LogEntry> next = series.next(work.unwanted());
        while (next.isPresent() && parks(series.lane(), next.get())) {
            next = series.next(work.unwanted());
        }
        next.ifPresent(entry -> running.start(new LaneCall(series, entry)));
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
                running.wake();
            }
        }

        private boolean goOn() {
            note();
            Optional<LogEntry> next = mayGoOn() ? series.next(work.unwanted()) : Optional.empty();
            next.ifPresent(entry -> running.start(new LaneCall(series, entry)));
            return next.isPresent();
        }

        private boolean mayGoOn() {
            return !work.suspension().isActive() && running.mayBegin() && series.goesOn(running::isScarce);
        }

        @Override
        public void unrecorded() {
            running.settleSoon(this);
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
                    running.store(this);
                    cursors.move(over);
                });
                note();
            } catch (LaneLost e) {
                throw e;
            } catch (Throwable e) {
                work.failures().handleUnrecorded(lane(), over, e);
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
            running.giveBackPermit();
        }
    }
}
