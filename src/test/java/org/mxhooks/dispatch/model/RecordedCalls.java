package org.mxhooks.dispatch.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.mxhooks.dispatch.model.Reachable.Next;

/**
 * Two lanes of two events each, and two nodes that call a far end about them and record in one transaction whatever has
 * been taken. Lanes are taken away while a call is under way, commits are in doubt, nodes die.
 *
 * @param without what is left out, to see the model fail
 */
record RecordedCalls(Set<Omission> without) {

    private static final int LANES = 2;
    private static final int EVENTS = 2;
    private static final int NODES = 2;
    private static final int UNKNOWN = -1;

    /** What keeps calls that are recorded together safe. */
    enum Omission {
        /** A cursor moves from wherever it stands. */
        DEMAND_OF_THE_POSITION,
        /** The next call begins when the one before has begun. */
        WAIT_FOR_THE_ANSWER,
        /** A lane that was not moved is taken for moved, as the others are. */
        LOOK_AT_EACH_LANE
    }

    /** How far a call is. */
    enum Call {
        NONE,
        UNDER_WAY,
        TAKEN,
        /** Its cursor is moved in a transaction that is not committed. */
        MOVED,
        /** Its lane was not the node's any more, or locked, in that transaction. */
        NOT_MOVED
    }

    /**
     * A lane's row, and what its far end has seen.
     *
     * @param taken how many events the far end has taken
     * @param records of each event, how often its attempt is stored
     */
    record Row(int cursor, int token, int taken, List<Integer> records) {

        Row claimed() {
            return new Row(cursor, token + 1, taken, records);
        }

        Row taking(int event) {
            return new Row(cursor, token, Math.max(taken, event), records);
        }

        Row recorded(int event) {
            List<Integer> more = new ArrayList<>(records);
            more.set(event - 1, more.get(event - 1) + 1);
            return new Row(event, token, taken, List.copyOf(more));
        }
    }

    /** What a node believes of a lane, and its call about the event behind the position. */
    record Belief(int position, int token, Call call) {
        static final Belief NONE = new Belief(0, UNKNOWN, Call.NONE);

        boolean holds() {
            return token != UNKNOWN;
        }

        Belief with(Call next) {
            return new Belief(position, token, next);
        }
    }

    /** Cursors that a commit moves whose outcome is unknown: for each lane the event, or 0. */
    record Doubt(List<Integer> moves) {}

    /** A state of everything. */
    record State(List<Row> rows, List<List<Belief>> nodes, List<Doubt> doubts, int mishaps) {

        static State initial(int mishaps) {
            return new State(
                    Collections.nCopies(LANES, new Row(0, 0, 0, Collections.nCopies(EVENTS, 0))),
                    Collections.nCopies(NODES, Collections.nCopies(LANES, Belief.NONE)),
                    List.of(),
                    mishaps);
        }

        boolean isFinal() {
            return rows.stream().allMatch(row -> row.cursor() == EVENTS);
        }

        /** What must never be. */
        boolean isWrong() {
            return rows.stream()
                    .anyMatch(row -> row.cursor() > row.taken()
                            || row.records().stream().anyMatch(records -> records > 1)
                            || row.cursor() == EVENTS && row.records().contains(0));
        }

        Belief belief(int node, int lane) {
            return nodes.get(node).get(lane);
        }

        State with(int node, int lane, Belief belief) {
            return with(node, replaced(nodes.get(node), lane, belief));
        }

        State with(int node, List<Belief> beliefs) {
            return new State(rows, replaced(nodes, node, beliefs), doubts, mishaps);
        }

        State with(int lane, Row row) {
            return new State(replaced(rows, lane, row), nodes, doubts, mishaps);
        }

        State doubting(Doubt doubt) {
            List<Doubt> more = new ArrayList<>(doubts);
            more.add(doubt);
            return new State(rows, nodes, List.copyOf(more), mishaps);
        }

        State without(Doubt doubt) {
            List<Doubt> less = new ArrayList<>(doubts);
            less.remove(doubt);
            return new State(rows, nodes, List.copyOf(less), mishaps);
        }

        State afterMishap() {
            return new State(rows, nodes, doubts, mishaps - 1);
        }

        State committed(List<Integer> moves) {
            State after = this;
            for (int lane = 0; lane < LANES; lane++) {
                if (moves.get(lane) > 0) {
                    after = after.with(lane, after.rows().get(lane).recorded(moves.get(lane)));
                }
            }
            return after;
        }

        boolean isLocked(int lane) {
            return doubts.stream().anyMatch(doubt -> doubt.moves().get(lane) > 0)
                    || nodes.stream().anyMatch(node -> node.get(lane).call() == Call.MOVED);
        }

        private static <T> List<T> replaced(List<T> list, int index, T by) {
            List<T> changed = new ArrayList<>(list);
            changed.set(index, by);
            return List.copyOf(changed);
        }
    }

    List<Next<State>> from(State state) {
        List<Next<State>> next = new ArrayList<>();
        for (int node = 0; node < NODES; node++) {
            for (int lane = 0; lane < LANES; lane++) {
                claim(state, node, lane, next);
                call(state, node, lane, next);
            }
            record(state, node, next);
            if (state.mishaps() > 0) {
                next.add(new Next<>(
                        state.with(node, Collections.nCopies(LANES, Belief.NONE))
                                .afterMishap(),
                        true));
            }
        }
        for (Doubt doubt : state.doubts()) {
            next.add(new Next<>(state.without(doubt).committed(doubt.moves()), false));
            next.add(new Next<>(state.without(doubt), false));
        }
        return next.stream()
                .map(each -> each.to() != null && each.to().isWrong() ? new Next<State>(null, each.mishap()) : each)
                .toList();
    }

    /** Nobody's lane, or another node's, which does not notice. */
    private static void claim(State state, int node, int lane, List<Next<State>> next) {
        Row row = state.rows().get(lane);
        boolean others = IntStream.range(0, NODES)
                .anyMatch(other -> other != node && state.belief(other, lane).token() == row.token());
        if (state.belief(node, lane).holds() || state.isLocked(lane) || others && state.mishaps() == 0) {
            return;
        }
        Row claimed = row.claimed();
        State after = state.with(lane, claimed).with(node, lane, new Belief(row.cursor(), claimed.token(), Call.NONE));
        next.add(new Next<>(others ? after.afterMishap() : after, others));
    }

    private void call(State state, int node, int lane, List<Next<State>> next) {
        Belief belief = state.belief(node, lane);
        int event = belief.position() + 1;
        if (!belief.holds() || event > EVENTS) {
            return;
        }
        if (belief.call() == Call.NONE) {
            boolean early = event > state.rows().get(lane).taken() + 1;
            next.add(new Next<>(early ? null : state.with(node, lane, belief.with(Call.UNDER_WAY)), false));
        } else if (belief.call() == Call.UNDER_WAY) {
            next.add(new Next<>(
                    state.with(lane, state.rows().get(lane).taking(event)).with(node, lane, belief.with(Call.TAKEN)),
                    false));
            next.add(new Next<>(state.with(node, lane, belief.with(Call.NONE)), false));
            if (without.contains(Omission.WAIT_FOR_THE_ANSWER)) {
                next.add(new Next<>(state.with(node, lane, new Belief(event, belief.token(), Call.NONE)), false));
            }
        }
    }

    /** All that has been taken, in one transaction; then that is committed, or in doubt. */
    private void record(State state, int node, List<Next<State>> next) {
        List<Belief> beliefs = state.nodes().get(node);
        boolean open = beliefs.stream().anyMatch(RecordedCalls::isOpen);
        if (open) {
            commit(state, node, beliefs, next);
        } else if (beliefs.stream().anyMatch(belief -> belief.call() == Call.TAKEN)) {
            State moved = state;
            for (int lane = 0; lane < LANES; lane++) {
                Belief belief = beliefs.get(lane);
                if (belief.call() == Call.TAKEN) {
                    moved = moved.with(
                            node, lane, belief.with(moves(state, lane, belief) ? Call.MOVED : Call.NOT_MOVED));
                }
            }
            next.add(new Next<>(moved, false));
        }
    }

    private boolean moves(State state, int lane, Belief belief) {
        Row row = state.rows().get(lane);
        return !state.isLocked(lane)
                && row.token() == belief.token()
                && (row.cursor() == belief.position() || without.contains(Omission.DEMAND_OF_THE_POSITION));
    }

    private void commit(State state, int node, List<Belief> beliefs, List<Next<State>> next) {
        List<Integer> moves = beliefs.stream()
                .map(belief -> belief.call() == Call.MOVED ? belief.position() + 1 : 0)
                .toList();
        List<Belief> after = beliefs.stream().map(this::afterCommit).toList();
        next.add(new Next<>(state.with(node, after).committed(moves), false));
        if (state.mishaps() > 0) {
            List<Belief> settledAlone = beliefs.stream()
                    .map(belief -> isOpen(belief) ? belief.with(Call.TAKEN) : belief)
                    .toList();
            next.add(new Next<>(
                    state.with(node, settledAlone).doubting(new Doubt(moves)).afterMishap(), true));
        }
    }

    private static boolean isOpen(Belief belief) {
        return belief.call() == Call.MOVED || belief.call() == Call.NOT_MOVED;
    }

    private Belief afterCommit(Belief belief) {
        boolean moved = belief.call() == Call.MOVED
                || belief.call() == Call.NOT_MOVED && without.contains(Omission.LOOK_AT_EACH_LANE);
        if (moved) {
            return new Belief(belief.position() + 1, belief.token(), Call.NONE);
        }
        return belief.call() == Call.NOT_MOVED ? Belief.NONE : belief;
    }
}
