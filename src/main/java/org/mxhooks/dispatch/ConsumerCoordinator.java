package org.mxhooks.dispatch;

import static java.lang.System.Logger.Level.DEBUG;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mxhooks.dispatch.ConsumerTable.Standing;
import org.mxhooks.inbox.BodyBudget;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.inbox.LaneTail;
import org.mxhooks.resilience.Turns;

/**
 * Keeps one consumer's lanes on this node and asks for its turns. Called by the dispatch loop; {@link #giveUpLate} and
 * {@link #giveUp} by the watchdog, {@link #signalPending} on any thread.
 */
final class ConsumerCoordinator {

    private static final System.Logger LOG = System.getLogger(ConsumerCoordinator.class.getName());

    private final EventConsumer consumer;
    private final ConsumerWork work;
    private final Turns turns;
    private final HeldLanes lanes;
    private final Optional<CallTurns> calls;
    private final ConsumerTurns ofConsumer;
    private final Turns.Participant participant;

    ConsumerCoordinator(NodeContext node, Limits limits, EventConsumer consumer) {
        this.consumer = consumer;
        turns = node.turns();
        work = ConsumerWork.of(node, limits, consumer);
        lanes = new HeldLanes(consumer.name(), work.ledger());
        calls = consumer instanceof AsyncConsumer async
                ? Optional.of(new CallTurns(async, node, work, lanes, this::wake))
                : Optional.empty();
        ofConsumer = calls.<ConsumerTurns>map(turns -> turns)
                .orElseGet(() -> new ConsumerTurns(consumer.name(), work, lanes));
        participant = new Turns.Participant(() -> bounded(node.inbox(), ofConsumer.next()));
    }

    private static Optional<Turns.TurnWork> bounded(Inbox inbox, Optional<Turns.TurnWork> turn) {
        try {
            return turn.map(some -> new BoundedTurn(inbox, some));
        } catch (RuntimeException | Error e) {
            turn.ifPresent(Turns.TurnWork::end);
            throw e;
        }
    }

    /** On any thread, which it must not end. */
    private void wake() {
        try {
            work();
        } catch (RuntimeException | Error e) {
            LOG.log(DEBUG, "No turn for consumer {0}; dispatch asks again within a moment: {1}", consumer.name(), e);
        }
    }

    /** A turn whose bodies count until it ends, also where it was given up and hangs. */
    private record BoundedTurn(Inbox inbox, Turns.TurnWork turn) implements Turns.TurnWork {
        @Override
        public void run() {
            BodyBudget.HeldBodies reading = inbox.beginReading();
            try {
                turn.run();
            } finally {
                reading.close();
            }
        }

        @Override
        public void end() {
            turn.end();
        }
    }

    EventConsumer consumer() {
        return consumer;
    }

    /** Registers the consumer and this node as one that has it. */
    void register() throws Exception {
        work.registration().begin();
    }

    /** How many lanes it should claim, if any are free. */
    int lacks(Standing standing, int held) {
        work.suspension().pause(standing.paused());
        // none while paused: a claim without progress would look like the death of a node
        return work.suspension().isActive() ? 0 : standing.fairShare() - held;
    }

    /** Takes over what it holds, and hands over what is beyond its share. */
    void tend(Standing standing, List<LaneClaim> held) throws SQLException {
        lanes.keep(held);
        lanes.handOver(held.size() - standing.fairShare());
        work.waits().keep(lanes.numbers());
    }

    /** Whether lanes were lost, since this was asked for the last time, to a call that lasts. */
    boolean takeBrokenUp() {
        return work.watch().takeBrokenUp();
    }

    /** Goes on with what was lost, as the database has it. */
    void readLost() throws SQLException {
        lanes.readLost(work.ledger().lanes().held(consumer.name()));
    }

    Collection<Lane> lanes() {
        return lanes.all();
    }

    /** Lanes of the log may have grown; asks for turns at them. */
    void signalPending(Collection<Integer> grown) {
        lanes.among(grown).forEach(lane -> lane.schedule().signalPending());
        work();
    }

    /** Lanes of the log have grown; asks for turns at those that have grown by something that the consumer may want. */
    void signalGrown(Map<Integer, LaneTail> grown) {
        boolean wanted = false;
        for (Map.Entry<Integer, LaneTail> each : grown.entrySet()) {
            Optional<Lane> lane = lanes.lane(each.getKey());
            if (lane.isPresent() && !passes(lane.get(), each.getValue())) {
                lane.get().schedule().signalPending();
                wanted = true;
            }
        }
        if (wanted) {
            work();
        }
    }

    /** As above, but does nothing where it wants none of that: not even pass it. */
    void signalIfWanted(Map<Integer, LaneTail> grown) {
        boolean wanted =
                grown.values().stream().flatMap(tail -> tail.entries().stream()).anyMatch(work.unwanted()::mayWant);
        if (wanted) {
            signalGrown(grown);
        }
    }

    private boolean passes(Lane lane, LaneTail tail) {
        return !work.suspension().isActive() && work.unwanted().pass(lane, tail);
    }

    /** Its lanes in which events are parked. */
    List<LaneKey> parkedLanes() {
        return lanes.parked();
    }

    /** Parked events of a lane are due. */
    void signalDue(int lane) {
        lanes.lane(lane).ifPresent(mine -> mine.schedule().signalDue());
    }

    /** Replays are due in some of its lanes. */
    void signalReplays() {
        ofConsumer.signalReplays();
    }

    /** Asks for turns if there is something to do; returns at once. */
    void work() {
        if (ofConsumer.isReady()) {
            turns.offer(participant);
        }
    }

    /** Gives up the calls that exceed the time-out; lanes that wait for another one's call go on before. */
    void giveUpLate() {
        if (!work.watch().isIdle()) {
            work.watch().breakUpLong();
            giveUp(work.watch().giveUpLate());
        }
        calls.ifPresent(turns -> turns.calls().giveUpLate(work.watch().timeout()));
    }

    /**
     * Gives up a call, if it is one of this consumer's, because others wait for what it holds; returns whether it was.
     */
    boolean giveUp(Thread thread) {
        List<Watch.Overdue> late = work.watch().giveUp(thread);
        giveUp(late);
        return !late.isEmpty();
    }

    /** All lanes are taken first: there may be no thread for the rest. */
    private void giveUp(List<Watch.Overdue> late) {
        for (Watch.Overdue overdue : late) {
            overdue.lane().notifyAloneUpTo(overdue.position());
            overdue.lanes().forEach(lane -> lane.schedule().lose());
            overdue.turn().ifPresent(turns::giveUp);
        }
        for (Watch.Overdue overdue : late) {
            turns.execute(() -> ofConsumer.guard().run(List.of(overdue.lane()), () -> {
                overdue.setAside();
                return false;
            }));
        }
    }

    /** Starts no further notification; returns at once. */
    void stop() {
        work.suspension().stop();
    }

    /** Whether no notification runs any more, but for those that were given up. */
    boolean isDrained() {
        return turns.turns(participant) == 0
                && calls.map(turns -> turns.calls().isIdle()).orElse(true);
    }

    /** Releases the lanes to the other nodes that have the consumer. */
    void leave() throws SQLException {
        lanes.clear();
        work.ledger().lanes().releaseAll(consumer.name());
        work.registration().end();
    }
}
