package org.mxhooks.dispatch.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.mxhooks.dispatch.model.Reachable.Next;

/**
 * A consumer that is created, changed and deleted while two nodes run: its source's row, its registration, one lane,
 * and a log of two events, of which it wants the second only after the change. Nodes die before and after each
 * statement, are late to renew their leases, and cannot ask the source; calls fail. One that is changed is there at the
 * beginning; one that is deleted is created before, and has a log of one event.
 *
 * @param without what is left out, to see the model fail
 */
record RunTimeConsumer(Ending ending, Set<Omission> without) {

    private static final int NODES = 2;
    private static final int NOBODY = -1;

    /** Whoever died: a node that starts again is another. */
    private static final int DEAD = NODES;

    private static final int NEVER = -1;

    /** What becomes of the consumer. */
    enum Ending {
        /** It is there, wants more after a while, and comes to the end of the log. */
        CHANGED,
        /** It is created, and deleted. */
        DELETED
    }

    /** What keeps the set of consumers safe. */
    enum Omission {
        /** The cursor is inserted by the first node that has the consumer, where the log ends then. */
        CURSOR_AT_CREATION,
        /** The consumer's row of the source and its cursor are committed one after the other. */
        CREATION_AT_ONCE,
        /** A change leaves the tokens of lanes. */
        TOKEN_OF_THE_CHANGE,
        /** A change leaves the nodes that have the consumer. */
        NODES_OF_THE_CHANGE,
        /** A node joins with what its source said before, without asking again. */
        QUESTION_AT_THE_JOINING,
        /** A node joins while a change is under way. */
        LOCK_OF_THE_CONSUMER,
        /** A node that joins registers what is not registered. */
        ENLISTMENT,
        /** A lane's row is changed whosever it is, wherever the cursor stands. */
        DEMAND_OF_THE_CLAIM,
        /** An event is parked also where the lane is not the node's any more. */
        FENCE_OF_PARKING,
        /** A node that died counts among those that have the consumer. */
        LEASE_OF_THE_NODE,
        /** Lanes of a node that died are left to it. */
        TAKEOVER
    }

    /** The row of the source. */
    enum Source {
        MISSING,
        PRESENT,
        /** Marked, until no node has the consumer. */
        DELETED,
        REMOVED
    }

    /** What a node's loop does next. */
    enum Phase {
        ASK,
        FOLLOW,
        TEND
    }

    /** Whether a node has the consumer. */
    enum Presence {
        NONE,
        RUNNING,
        /** Nothing more is begun. */
        DRAINING,
        /** Its lane is released. */
        RELEASED
    }

    /** How far the removal of a deleted consumer is on a node. */
    enum Removal {
        NONE,
        NOBODY_HAS_IT,
        CLEARED
    }

    /** A lane's row. */
    record Row(int cursor, int owner, int token) {
        Row at(int position) {
            return new Row(position, owner, token);
        }

        Row of(int newOwner, int newToken) {
            return new Row(cursor, newOwner, newToken);
        }
    }

    /** What a node believes of its lane. */
    record Claim(int token, int cursor) {}

    /**
     * A node.
     *
     * @param answer version of the consumer that the source had; 0 for none
     * @param version that it has
     * @param claim null if it holds no lane
     * @param calling whether a call about the next event is under way
     */
    record Node(
            Phase phase, int answer, Presence presence, int version, Claim claim, boolean calling, Removal removal) {

        static final Node STARTED = new Node(Phase.ASK, 0, Presence.NONE, 0, null, false, Removal.NONE);

        Node in(Phase next) {
            return new Node(next, answer, presence, version, claim, calling, removal);
        }

        Node answered(int newAnswer) {
            return new Node(Phase.FOLLOW, newAnswer, presence, version, claim, calling, Removal.NONE);
        }

        Node with(Presence changed) {
            return new Node(phase, answer, changed, version, claim, calling, removal);
        }

        Node running(int newVersion) {
            return new Node(phase, answer, Presence.RUNNING, newVersion, claim, calling, removal);
        }

        Node left() {
            return new Node(Phase.TEND, answer, Presence.NONE, 0, null, false, removal);
        }

        Node holding(Claim newClaim) {
            return new Node(phase, answer, presence, version, newClaim, calling, removal);
        }

        Node calling(boolean isCalling) {
            return new Node(phase, answer, presence, version, claim, isCalling, removal);
        }

        Node lost() {
            return holding(null).calling(false);
        }

        Node with(Removal changed) {
            return new Node(phase, answer, presence, version, claim, calling, changed);
        }
    }

    /**
     * The consumer in its source.
     *
     * @param version grows with the change
     * @param began the log's end when the creation began
     * @param changed the log's end when the change was committed
     * @param takenFrom the nodes that a change which is not committed takes the consumer from, as bits
     */
    record Sourced(Source source, int version, int began, int changed, int takenFrom) {
        static final Sourced MISSING = new Sourced(Source.MISSING, 1, NEVER, NEVER, NEVER);

        int answer() {
            return source == Source.PRESENT ? version : 0;
        }

        boolean isChanging() {
            return takenFrom != NEVER;
        }

        Sourced beginning(int head) {
            return new Sourced(source, version, head, changed, takenFrom);
        }

        Sourced with(Source next) {
            return new Sourced(next, version, began, changed, takenFrom);
        }

        Sourced changing(int nodes) {
            return new Sourced(source, version, began, changed, nodes);
        }

        Sourced changedAt(int head) {
            return new Sourced(source, version + 1, began, head, NEVER);
        }
    }

    /**
     * What the engine has of the consumer. Sets of nodes and of events are bits.
     *
     * @param row the lane; null where the consumer is not registered
     * @param joined nodes that have the consumer
     * @param expired nodes whose lease is over
     * @param done events that have taken effect
     */
    record Tables(Row row, int joined, int expired, int parked, int done) {
        static final Tables EMPTY = new Tables(null, 0, 0, 0, 0);

        Tables with(Row changed) {
            return new Tables(changed, joined, expired, parked, done);
        }

        Tables joined(int nodes) {
            return new Tables(row, nodes, expired, parked, done);
        }

        Tables expired(int nodes) {
            return new Tables(row, joined, nodes, parked, done);
        }

        Tables parked(int events) {
            return new Tables(row, joined, expired, events, done);
        }

        Tables done(int event) {
            return new Tables(row, joined, expired, parked, done | bit(event));
        }

        /** Whether a node has the consumer, as far as is known of those that do not renew their leases. */
        boolean isDeployed(boolean byLease) {
            return (byLease ? joined & ~expired : joined) != 0;
        }

        /** Without what belongs to the consumer. */
        Tables retired() {
            return new Tables(null, 0, expired, 0, done);
        }

        boolean has(int event) {
            return ((done | parked) & bit(event)) != 0;
        }

        boolean isOwnedBy(int node) {
            return row != null && row.owner() == node;
        }
    }

    /**
     * A state of everything.
     *
     * @param log how many events there are
     */
    record State(int log, Sourced sourced, Tables tables, List<Node> nodes, int mishaps) {

        private static State initial(Sourced sourced, Tables tables, int mishaps) {
            return new State(0, sourced, tables, Collections.nCopies(NODES, Node.STARTED), mishaps);
        }

        State with(int newLog) {
            return new State(newLog, sourced, tables, nodes, mishaps);
        }

        State with(Sourced changed) {
            return new State(log, changed, tables, nodes, mishaps);
        }

        State with(Tables changed) {
            return new State(log, sourced, changed, nodes, mishaps);
        }

        State with(int index, Node node) {
            List<Node> changed = new ArrayList<>(nodes);
            changed.set(index, node);
            return new State(log, sourced, tables, List.copyOf(changed), mishaps);
        }

        State afterMishap() {
            return new State(log, sourced, tables, nodes, mishaps - 1);
        }

        /** What must never be. */
        boolean isWrong() {
            boolean left = tables.row() != null || tables.parked() != 0 || tables.joined() != 0;
            return sourced.source() == Source.REMOVED && left
                    || sourced.source() == Source.PRESENT && (skips(1, sourced.began()) || skips(2, sourced.changed()));
        }

        /** Whether an event that was appended after a moment was passed. */
        private boolean skips(int event, int since) {
            return since != NEVER
                    && since < event
                    && tables.row() != null
                    && tables.row().cursor() >= event
                    && !tables.has(event);
        }
    }

    private static int bit(int of) {
        return 1 << of;
    }

    private int events() {
        return ending == Ending.DELETED ? 1 : 2;
    }

    private boolean lacks(Omission omission) {
        return without.contains(omission);
    }

    State initial(int mishaps) {
        return ending == Ending.DELETED
                ? State.initial(Sourced.MISSING, Tables.EMPTY, mishaps)
                : State.initial(
                        Sourced.MISSING.beginning(0).with(Source.PRESENT),
                        Tables.EMPTY.with(new Row(0, NOBODY, 0)),
                        mishaps);
    }

    List<Next<State>> from(State state) {
        Steps steps = new Steps(state);
        steps.ofSource();
        for (int index = 0; index < NODES; index++) {
            steps.of(index);
        }
        steps.ofLeases();
        return steps.next;
    }

    /** What may come next in a state. */
    private final class Steps {
        private final State state;
        private final Sourced sourced;
        private final Tables tables;
        private final List<Next<State>> next = new ArrayList<>();

        Steps(State state) {
            this.state = state;
            sourced = state.sourced();
            tables = state.tables();
        }

        private void step(State to) {
            next.add(new Next<>(to == null || to.isWrong() ? null : to, false));
        }

        private void mishap(State to) {
            if (state.mishaps() > 0) {
                next.add(new Next<>(to.isWrong() ? null : to.afterMishap(), true));
            }
        }

        void ofSource() {
            if (state.log() < events()) {
                step(state.with(state.log() + 1));
            }
            switch (sourced.source()) {
                case MISSING -> create();
                case PRESENT -> change();
                case DELETED, REMOVED -> {}
            }
        }

        private void create() {
            if (sourced.began() == NEVER) {
                step(state.with(sourced.beginning(state.log())));
                return;
            }
            State created = state.with(sourced.with(Source.PRESENT));
            boolean atOnce = !lacks(Omission.CREATION_AT_ONCE) && !lacks(Omission.CURSOR_AT_CREATION);
            step(atOnce ? created.with(enlisted(sourced.began())) : created);
        }

        private Tables enlisted(int cursor) {
            return tables.with(new Row(cursor, NOBODY, 0));
        }

        private void change() {
            if (lacks(Omission.CREATION_AT_ONCE) && tables.row() == null) {
                mishap(state.with(enlisted(sourced.began()))); // who creates it may die before
            } else if (sourced.isChanging()) {
                commitChange();
            } else if (ending == Ending.DELETED) {
                step(state.with(sourced.with(Source.DELETED)));
            } else if (sourced.changed() == NEVER && tables.row() != null) {
                step(state.with(sourced.changing(tables.joined())));
            }
        }

        private void commitChange() {
            Row row = tables.row();
            int token = row.token() + (lacks(Omission.TOKEN_OF_THE_CHANGE) ? 0 : 1);
            int joined = lacks(Omission.NODES_OF_THE_CHANGE) ? tables.joined() : tables.joined() & ~sourced.takenFrom();
            step(state.with(sourced.changedAt(state.log()))
                    .with(tables.with(row.of(NOBODY, token)).joined(joined)));
        }

        void of(int index) {
            Node node = state.nodes().get(index);
            switch (node.phase()) {
                case ASK -> ask(index, node);
                case FOLLOW -> follow(index, node);
                case TEND -> tend(index, node);
            }
            if (node.claim() != null) {
                work(index, node);
            }
            remove(index, node);
            if (!node.equals(Node.STARTED)) {
                mishap(died(index).with(index, Node.STARTED));
            }
        }

        private void ask(int index, Node node) {
            step(state.with(index, node.answered(sourced.answer())));
            mishap(state.with(index, node.answered(node.answer())));
        }

        private void follow(int index, Node node) {
            switch (node.presence()) {
                case NONE -> {
                    if (node.answer() == 0) {
                        step(state.with(index, node.in(Phase.TEND)));
                    } else {
                        join(index, node.in(Phase.TEND), node.answer());
                    }
                }
                case RUNNING ->
                    step(state.with(
                            index,
                            node.answer() == node.version() ? node.in(Phase.TEND) : node.with(Presence.DRAINING)));
                case DRAINING -> {
                    if (node.calling()) {
                        step(state.with(index, node.in(Phase.TEND)));
                    } else if (!sourced.isChanging()) {
                        Tables released = tables.isOwnedBy(index)
                                ? tables.with(
                                        tables.row().of(NOBODY, tables.row().token()))
                                : tables;
                        step(state.with(released).with(index, node.holding(null).with(Presence.RELEASED)));
                    }
                }
                case RELEASED -> {
                    if (!sourced.isChanging()) {
                        step(state.with(tables.joined(tables.joined() & ~bit(index)))
                                .with(index, node.left()));
                    }
                }
            }
        }

        /** Counts a node among those that have the consumer as its source had it, unless that changes. */
        private void join(int index, Node node, int version) {
            if (sourced.isChanging() && !lacks(Omission.LOCK_OF_THE_CONSUMER)) {
                return;
            }
            boolean current = sourced.answer() == version || lacks(Omission.QUESTION_AT_THE_JOINING);
            if (!current) {
                step(state.with(index, node));
                return;
            }
            Tables registered = tables;
            if (tables.row() == null && lacks(Omission.CURSOR_AT_CREATION)) {
                registered = enlisted(state.log());
            } else if (tables.row() == null && lacks(Omission.ENLISTMENT)) {
                registered = enlisted(0);
            }
            Tables joined = registered.row() == null ? tables : registered.joined(registered.joined() | bit(index));
            step(state.with(joined).with(index, node.running(version)));
        }

        private void tend(int index, Node node) {
            Node done = node.in(Phase.ASK);
            boolean has = (tables.joined() & bit(index)) != 0;
            if (node.presence() != Presence.RUNNING) {
                step(state.with(index, done));
            } else if (!has) {
                join(index, done, node.version());
            } else if (tables.isOwnedBy(index)) {
                step(state.with(index, keep(done)));
            } else if (isFree() && !sourced.isChanging()) {
                Row row = tables.row().of(index, tables.row().token() + 1);
                step(state.with(tables.with(row))
                        .with(index, done.lost().holding(new Claim(row.token(), row.cursor()))));
            } else {
                step(state.with(index, done));
            }
        }

        /** What it holds is read where its claim is another. */
        private Node keep(Node node) {
            Claim held = new Claim(tables.row().token(), tables.row().cursor());
            return held.equals(node.claim()) || node.calling() ? node : node.holding(held);
        }

        private boolean isFree() {
            int owner = tables.row().owner();
            return owner == NOBODY || (tables.expired() & bit(owner)) != 0 && !lacks(Omission.TAKEOVER);
        }

        private void work(int index, Node node) {
            int event = node.claim().cursor() + 1;
            if (node.calling()) {
                end(index, node, event);
            } else if (node.presence() == Presence.RUNNING && event <= state.log()) {
                if (event <= node.version()) {
                    step(state.with(index, node.calling(true)));
                } else {
                    move(index, node, event);
                }
            }
            if (node.presence() == Presence.RUNNING && tables.parked() != 0 && holds(node.claim())) {
                int parked = Integer.numberOfTrailingZeros(tables.parked());
                step(done(parked, state.with(tables.parked(tables.parked() & ~bit(parked)))));
            }
        }

        private void end(int index, Node node, int event) {
            State moved = moved(index, node, event);
            if (moved != null) {
                step(holds(node.claim()) ? done(event, moved) : moved);
                boolean parks = holds(node.claim()) || lacks(Omission.FENCE_OF_PARKING);
                mishap(parks ? moved.with(moved.tables().parked(tables.parked() | bit(event))) : moved);
            }
        }

        private void move(int index, Node node, int event) {
            State moved = moved(index, node, event);
            if (moved != null) {
                step(moved);
            }
        }

        /** Null where the row is locked; where the lane is not the node's any more, it is only lost. */
        private State moved(int index, Node node, int event) {
            if (sourced.isChanging()) {
                return null;
            }
            return holds(node.claim())
                    ? state.with(tables.with(tables.row().at(event)))
                            .with(
                                    index,
                                    node.holding(new Claim(node.claim().token(), event))
                                            .calling(false))
                    : state.with(index, node.lost());
        }

        private boolean holds(Claim claim) {
            Row row = tables.row();
            return !sourced.isChanging()
                    && row != null
                    && (lacks(Omission.DEMAND_OF_THE_CLAIM)
                            || row.token() == claim.token() && row.cursor() == claim.cursor());
        }

        /** Null where that is doubled. */
        private State done(int event, State by) {
            return (tables.done() & bit(event)) != 0
                    ? null
                    : by.with(by.tables().done(event));
        }

        /** What a deleted consumer leaves is removed by any node, where none has it. */
        private void remove(int index, Node node) {
            if (sourced.source() != Source.DELETED || node.phase() != Phase.ASK) {
                return;
            }
            boolean deployed = tables.isDeployed(!lacks(Omission.LEASE_OF_THE_NODE));
            switch (node.removal()) {
                case NONE -> {
                    if (!deployed) {
                        step(state.with(index, node.with(Removal.NOBODY_HAS_IT)));
                    }
                }
                case NOBODY_HAS_IT -> step(state.with(tables.parked(0)).with(index, node.with(Removal.CLEARED)));
                case CLEARED -> {
                    State ended = state.with(index, node.with(Removal.NONE));
                    step(
                            deployed
                                    ? ended
                                    : ended.with(sourced.with(Source.REMOVED)).with(tables.retired()));
                }
            }
        }

        void ofLeases() {
            for (int node = 0; node <= DEAD; node++) {
                boolean counts = (tables.joined() & bit(node)) != 0 || tables.isOwnedBy(node);
                boolean over = (tables.expired() & bit(node)) != 0;
                if (node != DEAD && over) {
                    step(state.with(tables.expired(tables.expired() & ~bit(node))));
                } else if (counts && !over) {
                    State late = state.with(tables.expired(tables.expired() | bit(node)));
                    if (node == DEAD) {
                        step(late);
                    } else {
                        mishap(late);
                    }
                }
            }
        }

        private State died(int index) {
            Tables left = tables.isOwnedBy(index)
                    ? tables.with(tables.row().of(DEAD, tables.row().token()))
                    : tables;
            return state.with(left.joined(died(tables.joined(), index))
                            .expired(tables.expired() & ~bit(index) & ~bit(DEAD)))
                    .with(sourced.isChanging() ? sourced.changing(died(sourced.takenFrom(), index)) : sourced);
        }

        private static int died(int nodes, int index) {
            return (nodes & bit(index)) == 0 ? nodes : nodes & ~bit(index) | bit(DEAD);
        }
    }

    /** Whether it is removed, or has come to the end of the log. */
    boolean isEnd(State state) {
        Tables tables = state.tables();
        return ending == Ending.DELETED
                ? state.sourced().source() == Source.REMOVED
                : state.sourced().changed() != NEVER
                        && state.log() == events()
                        && tables.row().cursor() == events()
                        && tables.parked() == 0;
    }
}
