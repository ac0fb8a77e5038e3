package org.mxhooks.dispatch.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.mxhooks.dispatch.model.Reachable.Next;

/**
 * Two lanes of two events each, and two workers that work on both lanes in one transaction, or on one: on two nodes, or
 * on one where a transaction was broken up. Lanes are taken away, calls fail, commits are in doubt, workers die.
 *
 * @param without what is left out, to see the model fail
 */
record SharedTurn(Set<Omission> without) {

    static final int LANES = 2;
    private static final int EVENTS = 2;
    private static final int WORKERS = 2;

    /** What keeps turns of several lanes safe. */
    enum Omission {
        /** Only the first lane of a transaction is demanded. */
        DEMAND_OF_EACH_LANE,
        /** A cursor moves from wherever it stands. */
        DEMAND_OF_THE_POSITION,
        /** Each worker moves its cursors in an order of its own. */
        ORDER_OF_LANES,
        /** The lanes of a failed transaction are repeated from where it would have left them. */
        POSITIONS_BEFORE_THE_FAILURE
    }

    /** A lane's row. */
    record Row(int cursor, int token) {}

    /** What a worker believes of a lane. */
    record Belief(int position, int token) {}

    /**
     * What is to be committed.
     *
     * @param effects of events, by lane and number
     * @param moves new cursors of lanes, whose rows are locked
     */
    record Pending(Set<List<Integer>> effects, Map<Integer, Integer> moves) {
        static final Pending NONE = new Pending(Set.of(), Map.of());

        Pending with(int lane, int event) {
            Set<List<Integer>> more = new HashSet<>(effects);
            more.add(List.of(lane, event));
            return new Pending(Set.copyOf(more), moves);
        }

        Pending moving(int lane, int to) {
            Map<Integer, Integer> more = new HashMap<>(moves);
            more.put(lane, to);
            return new Pending(effects, Map.copyOf(more));
        }
    }

    /**
     * A worker.
     *
     * @param beliefs of the lanes that it holds, or believes to hold
     * @param notified how many of the lanes of its transaction it has notified of
     * @param lanes of its transaction, in the order of their cursors' moves; none between transactions
     * @param pending its transaction
     * @param alone whether it works on lanes one by one, after a failure
     */
    record Worker(Map<Integer, Belief> beliefs, int notified, List<Integer> lanes, Pending pending, boolean alone) {
        static final Worker IDLE = new Worker(Map.of(), 0, List.of(), Pending.NONE, false);

        Worker with(Map<Integer, Belief> changed) {
            return new Worker(changed, notified, lanes, pending, alone);
        }

        Worker believing(int lane, Belief belief) {
            Map<Integer, Belief> changed = new HashMap<>(beliefs);
            changed.put(lane, belief);
            return with(Map.copyOf(changed));
        }

        Worker without(int lane) {
            Map<Integer, Belief> changed = new HashMap<>(beliefs);
            changed.remove(lane);
            return with(Map.copyOf(changed));
        }

        Worker beginning(List<Integer> ofLanes) {
            return new Worker(beliefs, 0, ofLanes, Pending.NONE, alone);
        }

        Worker after(Pending written) {
            return new Worker(beliefs, notified, lanes, written, alone);
        }

        Worker afterCallsOfALane(Pending written) {
            return new Worker(beliefs, notified + 1, lanes, written, alone);
        }

        Worker repeatingOneByOne() {
            return new Worker(beliefs, 0, List.of(), Pending.NONE, true);
        }
    }

    /** A state of everything. */
    record State(List<Row> rows, Set<List<Integer>> effects, List<Worker> workers, List<Pending> inDoubt, int mishaps) {

        static State initial(int mishaps) {
            return new State(
                    Collections.nCopies(LANES, new Row(0, 0)),
                    Set.of(),
                    Collections.nCopies(WORKERS, Worker.IDLE),
                    List.of(),
                    mishaps);
        }

        boolean isFinal() {
            return effects.size() == LANES * EVENTS;
        }

        boolean locked(int lane, int exceptWorker) {
            return inDoubt.stream().anyMatch(doubt -> doubt.moves().containsKey(lane))
                    || IntStream.range(0, WORKERS)
                            .filter(worker -> worker != exceptWorker)
                            .anyMatch(worker ->
                                    workers.get(worker).pending().moves().containsKey(lane));
        }

        State with(int index, Worker worker) {
            List<Worker> changed = new ArrayList<>(workers);
            changed.set(index, worker);
            return new State(rows, effects, List.copyOf(changed), inDoubt, mishaps);
        }

        State with(int lane, Row row) {
            List<Row> changed = new ArrayList<>(rows);
            changed.set(lane, row);
            return new State(List.copyOf(changed), effects, workers, inDoubt, mishaps);
        }

        State doubting(Pending commit) {
            List<Pending> more = new ArrayList<>(inDoubt);
            more.add(commit);
            return new State(rows, effects, workers, List.copyOf(more), mishaps);
        }

        State without(Pending doubt) {
            List<Pending> less = new ArrayList<>(inDoubt);
            less.remove(doubt);
            return new State(rows, effects, workers, List.copyOf(less), mishaps);
        }

        State afterMishap() {
            return new State(rows, effects, workers, inDoubt, mishaps - 1);
        }

        /** Null where an effect is doubled or before an earlier one. */
        State committed(Pending commit) {
            Set<List<Integer>> all = new HashSet<>(effects);
            List<Row> moved = new ArrayList<>(rows);
            boolean wrong = !Collections.disjoint(effects, commit.effects());
            all.addAll(commit.effects());
            for (List<Integer> effect : commit.effects()) {
                wrong |= effect.get(1) > 1 && !all.contains(List.of(effect.get(0), effect.get(1) - 1));
            }
            commit.moves()
                    .forEach((lane, to) ->
                            moved.set(lane, new Row(to, rows.get(lane).token())));
            return wrong ? null : new State(List.copyOf(moved), Set.copyOf(all), workers, inDoubt, mishaps);
        }
    }

    List<Next<State>> from(State state) {
        List<Next<State>> next = new ArrayList<>();
        for (int index = 0; index < WORKERS; index++) {
            Worker worker = state.workers().get(index);
            for (int lane = 0; lane < LANES; lane++) {
                claim(state, index, lane, next);
            }
            if (worker.lanes().isEmpty()) {
                begin(state, index, worker, next);
            } else {
                go(state, index, worker, next);
            }
            if (state.mishaps() > 0 && !worker.equals(Worker.IDLE)) {
                next.add(new Next<>(state.with(index, Worker.IDLE).afterMishap(), true));
            }
        }
        for (Pending doubt : state.inDoubt()) {
            next.add(new Next<>(state.without(doubt).committed(doubt), false));
            next.add(new Next<>(state.without(doubt), false));
        }
        return next;
    }

    /**
     * Nobody's lane; or another worker's, which does not notice: its node was late, or its transaction is broken up.
     */
    private static void claim(State state, int index, int lane, List<Next<State>> next) {
        Worker worker = state.workers().get(index);
        Row row = state.rows().get(lane);
        boolean mine = worker.beliefs().containsKey(lane);
        boolean others = state.workers().stream()
                .map(other -> other.beliefs().get(lane))
                .filter(Objects::nonNull)
                .anyMatch(belief -> belief.token() == row.token());
        if (mine || !worker.lanes().isEmpty() || state.locked(lane, index) || others && state.mishaps() == 0) {
            return;
        }
        Row claimed = new Row(row.cursor(), row.token() + 1);
        State after = state.with(lane, claimed)
                .with(index, worker.believing(lane, new Belief(row.cursor(), claimed.token())));
        next.add(new Next<>(others ? after.afterMishap() : after, others));
    }

    private void begin(State state, int index, Worker worker, List<Next<State>> next) {
        List<Integer> pending = new TreeMap<>(worker.beliefs())
                .entrySet().stream()
                        .filter(belief -> belief.getValue().position() < EVENTS)
                        .map(Map.Entry::getKey)
                        .toList();
        pending.forEach(lane -> next.add(new Next<>(state.with(index, worker.beginning(List.of(lane))), false)));
        if (pending.size() > 1 && !worker.alone()) {
            List<Integer> order = new ArrayList<>(pending);
            if (without.contains(Omission.ORDER_OF_LANES) && index > 0) {
                Collections.reverse(order);
            }
            next.add(new Next<>(state.with(index, worker.beginning(List.copyOf(order))), false));
        }
    }

    private void go(State state, int index, Worker worker, List<Next<State>> next) {
        int moved = worker.pending().moves().size();
        if (worker.notified() < worker.lanes().size()) {
            call(state, index, worker, worker.lanes().get(worker.notified()), next);
        } else if (moved < worker.lanes().size()) {
            move(state, index, worker, worker.lanes().get(moved), next);
        } else {
            commit(state, index, worker, next);
        }
    }

    /** Of one event of the lane, or of all. */
    private void call(State state, int index, Worker worker, int lane, List<Next<State>> next) {
        int position = worker.beliefs().get(lane).position();
        Pending written = worker.pending();
        for (int event = position + 1; event <= EVENTS; event++) {
            written = written.with(lane, event);
            next.add(new Next<>(state.with(index, worker.afterCallsOfALane(written)), false));
        }
        if (state.mishaps() > 0) {
            next.add(new Next<>(state.with(index, failed(worker)).afterMishap(), true));
        }
    }

    private Worker failed(Worker worker) {
        Worker repeating = worker.repeatingOneByOne();
        return without.contains(Omission.POSITIONS_BEFORE_THE_FAILURE) ? moved(repeating, worker.pending()) : repeating;
    }

    private static Worker moved(Worker worker, Pending by) {
        Worker changed = worker;
        for (List<Integer> effect : by.effects()) {
            Belief belief = changed.beliefs().get(effect.get(0));
            changed = changed.believing(
                    effect.get(0), new Belief(Math.max(belief.position(), effect.get(1)), belief.token()));
        }
        return changed;
    }

    private void move(State state, int index, Worker worker, int lane, List<Next<State>> next) {
        if (state.locked(lane, index)) {
            return;
        }
        Row row = state.rows().get(lane);
        Belief belief = worker.beliefs().get(lane);
        boolean first = worker.lanes().get(0) == lane;
        boolean demanded = first || !without.contains(Omission.DEMAND_OF_EACH_LANE);
        boolean there = without.contains(Omission.DEMAND_OF_THE_POSITION) || row.cursor() == belief.position();
        if (demanded && !(row.token() == belief.token() && there)) {
            Worker lost = worker.lanes().size() > 1
                    ? worker.repeatingOneByOne()
                    : worker.beginning(List.of()).without(lane);
            next.add(new Next<>(state.with(index, lost), false));
            return;
        }
        int to = worker.pending().effects().stream()
                .filter(effect -> effect.get(0) == lane)
                .mapToInt(effect -> effect.get(1))
                .max()
                .orElseThrow();
        next.add(new Next<>(state.with(index, worker.after(worker.pending().moving(lane, to))), false));
    }

    private void commit(State state, int index, Worker worker, List<Next<State>> next) {
        State done = state.committed(worker.pending());
        Worker after = moved(worker.beginning(List.of()), worker.pending());
        next.add(new Next<>(done == null ? null : done.with(index, after), false));
        if (state.mishaps() > 0) {
            State doubtful = state.doubting(worker.pending()).afterMishap();
            next.add(new Next<>(doubtful.with(index, failed(worker)), true));
            next.add(new Next<>(doubtful.with(index, Worker.IDLE), true));
        }
    }
}
