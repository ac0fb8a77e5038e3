package org.mxhooks.dispatch.model;

import static org.mxhooks.dispatch.model.Mishap.DEATH;
import static org.mxhooks.dispatch.model.Mishap.DOUBT;
import static org.mxhooks.dispatch.model.Mishap.LEASE_LOST;
import static org.mxhooks.dispatch.model.Mishap.STATEMENT_FAILED;
import static org.mxhooks.dispatch.model.Weakness.ADVANCE_COMPARES_LAST;
import static org.mxhooks.dispatch.model.Weakness.ADVANCE_WITHOUT_POSITION;
import static org.mxhooks.dispatch.model.Weakness.ADVANCE_WITHOUT_TOKEN;
import static org.mxhooks.dispatch.model.Weakness.ATTEMPTS_NOT_COMPARED;
import static org.mxhooks.dispatch.model.Weakness.BATCH_AFTER_CLAIMED_AGAIN;
import static org.mxhooks.dispatch.model.Weakness.DATABASE_TAKEN_FOR_CONSUMER;
import static org.mxhooks.dispatch.model.Weakness.DELETE_OF_NOTHING_IS_FINE;
import static org.mxhooks.dispatch.model.Weakness.HEADS_NOT_LOOKED_FOR;
import static org.mxhooks.dispatch.model.Weakness.HEAD_SEEN_BEFORE_LOCK;
import static org.mxhooks.dispatch.model.Weakness.NOBODY_SUSPECTED;
import static org.mxhooks.dispatch.model.Weakness.PARKED_WITHOUT_LOOKING;
import static org.mxhooks.dispatch.model.Weakness.POSITION_OF_THE_FAILED;
import static org.mxhooks.dispatch.model.Weakness.SUSPECT_HAS_ONE_ATTEMPT;
import static org.mxhooks.dispatch.model.Weakness.SUSPECT_OVERTAKES_HEAD;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.mxhooks.dispatch.model.Node.Claim;
import org.mxhooks.dispatch.model.Statement.Advance;
import org.mxhooks.dispatch.model.Statement.Attempt;
import org.mxhooks.dispatch.model.Statement.Begin;
import org.mxhooks.dispatch.model.Statement.Commit;
import org.mxhooks.dispatch.model.Statement.Delete;
import org.mxhooks.dispatch.model.Statement.Failed;
import org.mxhooks.dispatch.model.Statement.Fence;
import org.mxhooks.dispatch.model.Statement.Insert;
import org.mxhooks.dispatch.model.Statement.InsertBehind;
import org.mxhooks.dispatch.model.Statement.Notify;
import org.mxhooks.dispatch.model.Statement.ReleaseNext;
import org.mxhooks.dispatch.model.Statement.Suspect;

/** All that may happen next in a state. */
public final class Steps {

    private static final int NO_NODE = -1;

    private final Scenario scenario;
    private final Protocol protocol;
    private final World world;
    private final List<Step> steps = new ArrayList<>();

    /** What a step does to the database. */
    public enum Kind {
        CLAIM,
        RENEW,
        READ,
        RELEASE,
        EXPIRE,
        DIE,
        /** Nothing: the node looks at what is there, or chooses what to do. */
        LOOK,
        /** The node's next statement, which has its effect. */
        SEND,
        /** The node's next statement, which does not find what it demands, so that the transaction is rolled back. */
        LOSE,
        /** The consumer fails, so that the transaction is rolled back. */
        FAIL,
        /** The answer to a commit is lost, or the database decides on such a commit. */
        DOUBT
    }

    /**
     * @param node whose step it is
     * @param mishap whether it may happen, but must not be needed for the lane to go on
     */
    public record Step(Kind kind, int node, String what, World to, boolean mishap) {}

    private Steps(Scenario scenario, World world) {
        this.scenario = scenario;
        this.world = world;
        protocol = new Protocol(scenario);
    }

    public static List<Step> from(World world, Scenario scenario) {
        return new Steps(scenario, world).all();
    }

    private List<Step> all() {
        for (int index = 0; index < world.nodes().size(); index++) {
            Node node = world.nodes().get(index);
            tend(index, node);
            if (!node.idle()) {
                send(index, node, node.next());
            } else if (node.claim() != null) {
                chooseWork(index, node);
            }
            if (!node.equals(Node.STARTED)) {
                mishap(DEATH, Kind.DIE, index, "dies", world.died(index));
            }
        }
        world.inDoubt().forEach(this::endDoubt);
        return steps;
    }

    /** Claims, renews, reads what it holds, gives back; and time goes by. */
    private void tend(int index, Node node) {
        Database database = world.database();
        LaneRow lane = database.lane();
        boolean locked = laneIsLocked();
        boolean owner = lane.owner() == index;
        if (!locked && lane.free() && node.idle()) {
            step(Kind.CLAIM, index, "claims", world.with(database.with(lane.claimedBy(index))));
        }
        if (!locked && owner && lane.expired()) {
            step(Kind.RENEW, index, "renews", world.with(database.with(lane.renewed())));
        }
        Claim claim = new Claim(lane.token(), lane.position(), lane.claims());
        if (owner && node.idle() && (node.claim() == null || node.claim().token() != lane.token())) {
            step(Kind.READ, index, "reads what it holds", world.with(index, node.with(claim)));
        }
        if (!locked && node.claim() != null && node.claim().token() == lane.token() && lane.owner() != LaneRow.NOBODY) {
            mishap(LEASE_LOST, Kind.RELEASE, index, "gives the lane back", world.with(database.with(lane.released())));
        }
        if (!locked && owner && !lane.expired()) {
            mishap(LEASE_LOST, Kind.EXPIRE, index, "is late to renew", world.with(database.with(lane.expire())));
        }
        if (index == 0 && !locked && lane.owner() == LaneRow.DEAD_NODE && !lane.expired()) {
            steps.add(new Step(
                    Kind.EXPIRE,
                    index,
                    "the dead node's lease expires",
                    canonical(world.with(database.with(lane.expire()))),
                    false));
        }
    }

    private boolean laneIsLocked() {
        return world.laneIsLocked(0) || world.laneIsLocked(1);
    }

    private void chooseWork(int index, Node node) {
        Claim claim = node.claim();
        int next = claim.position() + 1;
        boolean again = claim.claims() > 1;
        if (next <= scenario.end()) {
            if (claim.claims() >= LaneRow.MANY_CLAIMS && !scenario.has(NOBODY_SUSPECTED)) {
                work(index, node, "suspects " + next, protocol.suspect(next));
            } else {
                work(index, node, "takes " + next, protocol.notifyOf(next, next));
                if (next < scenario.end() && (!again || scenario.has(BATCH_AFTER_CLAIMED_AGAIN))) {
                    work(index, node, "takes " + next + " and " + (next + 1), protocol.notifyOf(next, next + 1));
                }
            }
        }
        world.database().parked().forEach((event, row) -> {
            if (row.due()) {
                work(index, node, "finds due " + event, protocol.retry(event, row));
            }
        });
    }

    private void work(int index, Node node, String what, List<Statement> statements) {
        step(Kind.LOOK, index, what, world.with(index, node.working(statements)));
    }

    private void send(int index, Node node, Statement statement) {
        Database seen = world.database().seenBy(node.transaction());
        mishap(STATEMENT_FAILED, Kind.FAIL, index, "cannot send " + statement, world.with(index, afterFailed(node)));
        if (statement instanceof Notify notify) {
            notify(index, node, seen, notify);
        } else if (statement instanceof Suspect suspect) {
            suspect(index, node, seen, suspect.event());
        } else if (statement instanceof Advance advance) {
            advance(index, node, seen.lane(), advance);
        } else if (statement instanceof Fence) {
            boolean held = seen.lane().token() == node.claim().token();
            changeLane(index, node, "passes the fence", held ? seen.lane() : null);
        } else if (statement instanceof Insert insert) {
            insert(index, node, seen, insert.event(), insert.row());
        } else if (statement instanceof InsertBehind insert) {
            insertBehind(index, node, seen, insert.event());
        } else if (statement instanceof Begin begin) {
            begin(index, node, seen, begin);
        } else if (statement instanceof Attempt attempt) {
            attempt(index, node, attempt);
        } else if (statement instanceof Delete delete) {
            delete(index, node, seen, delete);
        } else if (statement instanceof Failed failed) {
            failed(index, node, seen, failed);
        } else if (statement instanceof ReleaseNext release) {
            releaseNext(index, node, seen, release.event());
        } else if (statement instanceof Commit commit) {
            commit(index, node, commit);
        }
    }

    /** It tries again where it stands. */
    private Node afterFailed(Node node) {
        Transaction lost = node.transaction();
        if (scenario.has(POSITION_OF_THE_FAILED) && lost.locksLane()) {
            return node.rolledBack()
                    .with(new Claim(node.claim().token(), lost.lane().position(), 0));
        }
        return scenario.has(DATABASE_TAKEN_FOR_CONSUMER) && node.next() instanceof Notify notify && notify.alone()
                ? node.working(protocol.park(notify.event(), ParkedRow.FAILED))
                : node.rolledBack();
    }

    private void notify(int index, Node node, Database seen, Notify notify) {
        int event = notify.event();
        if (seen.head(event, scenario).isPresent() && !scenario.has(HEADS_NOT_LOOKED_FOR)) {
            parkBehind(index, node, event);
            return;
        }
        consume(
                index,
                node,
                event,
                notify.alone() ? protocol.park(event, ParkedRow.FAILED) : List.of(),
                notify.alone() ? protocol.park(event, ParkedRow.GAVE_UP) : List.of());
    }

    private void parkBehind(int index, Node node, int event) {
        List<Statement> rest = protocol.inserting(new InsertBehind(event), node.afterNext());
        step(
                Kind.LOOK,
                index,
                "finds a head before " + event,
                world.with(index, new Node(node.claim(), rest, node.transaction())));
    }

    private void suspect(int index, Node node, Database seen, int event) {
        if (seen.head(event, scenario).isPresent() && !scenario.has(SUSPECT_OVERTAKES_HEAD)) {
            parkBehind(index, node, event);
        } else {
            ParkedRow row = scenario.has(SUSPECT_HAS_ONE_ATTEMPT) ? ParkedRow.STRONG_SUSPECT : ParkedRow.SUSPECT;
            List<Statement> rest = protocol.inserting(new Insert(event, row), node.afterNext());
            step(
                    Kind.LOOK,
                    index,
                    "notifies nobody of " + event,
                    world.with(index, new Node(node.claim(), rest, node.transaction())));
        }
    }

    private void attempt(int index, Node node, Attempt attempt) {
        consume(
                index,
                node,
                attempt.event(),
                protocol.failed(attempt.event(), attempt.attempts()),
                protocol.dead(attempt.event(), attempt.attempts()));
    }

    private void consume(int index, Node node, int event, List<Statement> ifFailed, List<Statement> ifGivenUp) {
        Behaviour behaviour = scenario.behaviour(event);
        if (behaviour == Behaviour.KILLS_ITS_NODE) {
            step(Kind.DIE, index, "is killed by " + event, world.died(index));
        } else if (behaviour == Behaviour.GIVES_UP) {
            step(Kind.FAIL, index, "gives up " + event, world.with(index, node.working(ifGivenUp)));
        } else if (behaviour == Behaviour.FAILS_ALWAYS
                || behaviour == Behaviour.FAILS_ONCE && !world.hasFailedOn(event)) {
            World after = behaviour == Behaviour.FAILS_ONCE ? world.failedOn(event) : world;
            step(Kind.FAIL, index, "fails on " + event, after.with(index, node.working(ifFailed)));
        } else {
            sent(index, node, "notifies of " + event, node.transaction().withEffect(event));
        }
    }

    private void advance(int index, Node node, LaneRow lane, Advance advance) {
        int before = scenario.has(ADVANCE_COMPARES_LAST) ? advance.last() : advance.first();
        boolean held = scenario.has(ADVANCE_WITHOUT_TOKEN)
                || lane.token() == node.claim().token();
        boolean moves = scenario.has(ADVANCE_WITHOUT_POSITION) || lane.position() < before;
        changeLane(index, node, "moves to " + advance.last(), held && moves ? lane.at(advance.last()) : null);
    }

    /** @param changed null if the condition did not hold */
    private void changeLane(int index, Node node, String what, LaneRow changed) {
        if (world.laneIsLocked(index)) {
            return;
        }
        if (changed == null) {
            lose(index, node);
        } else {
            sent(index, node, what, node.transaction().with(changed));
        }
    }

    private void insert(int index, Node node, Database seen, int event, ParkedRow row) {
        if (world.rowIsLocked(index, event)) {
            return;
        }
        if (seen.row(event).isPresent()) {
            lose(index, node);
        } else {
            ParkedRow placed = placed(seen, event, row);
            sent(
                    index,
                    node,
                    (placed.dead() ? "parks for ever " : placed.due() ? "parks " : "parks behind ") + event,
                    node.transaction().with(event, placed));
        }
    }

    private ParkedRow placed(Database seen, int event, ParkedRow row) {
        boolean behind = row.due() && seen.head(event, scenario).isPresent();
        return behind && !scenario.has(PARKED_WITHOUT_LOOKING) ? ParkedRow.BEHIND : row;
    }

    private void insertBehind(int index, Node node, Database seen, int event) {
        if (seen.head(event, scenario).isPresent() || scenario.has(HEAD_SEEN_BEFORE_LOCK)) {
            insert(index, node, seen, event, ParkedRow.BEHIND);
        } else {
            lose(index, node);
        }
    }

    private void begin(int index, Node node, Database seen, Begin begin) {
        boolean held = seen.lane().token() == node.claim().token();
        Optional<ParkedRow> row = seen.row(begin.event())
                .filter(found -> held
                        && !found.dead()
                        && (found.attempts() == begin.attempts() || scenario.has(ATTEMPTS_NOT_COMPARED)));
        change(index, node, "begins", begin.event(), row.map(found -> found.begun(index, begin.unended())));
    }

    private void delete(int index, Node node, Database seen, Delete delete) {
        Optional<ParkedRow> row = seen.row(delete.event())
                .filter(found -> found.attempts() == delete.attempts() || scenario.has(ATTEMPTS_NOT_COMPARED))
                .map(found -> ParkedRow.DELETED);
        if (row.isEmpty() && scenario.has(DELETE_OF_NOTHING_IS_FINE)) {
            sent(index, node, "deletes nothing", node.transaction());
        } else {
            change(index, node, "deletes", delete.event(), row);
        }
    }

    private void failed(int index, Node node, Database seen, Failed failed) {
        Optional<ParkedRow> row = seen.row(failed.event())
                .filter(found -> found.attempts() == failed.attempts() || scenario.has(ATTEMPTS_NOT_COMPARED));
        change(
                index,
                node,
                failed.dead() ? "gives up" : "postpones",
                failed.event(),
                row.map(found -> failed.dead() ? found.died() : found.ended()));
    }

    private void releaseNext(int index, Node node, Database seen, int event) {
        OptionalInt head = seen.head(event, scenario);
        if (head.isEmpty()) {
            sent(index, node, "releases nobody", node.transaction());
        } else {
            int next = head.getAsInt();
            change(index, node, "releases", next, seen.row(next).map(ParkedRow::dueNow));
        }
    }

    /** @param changed empty if the condition did not hold */
    private void change(int index, Node node, String what, int event, Optional<ParkedRow> changed) {
        if (world.rowIsLocked(index, event)) {
            return;
        }
        if (changed.isEmpty()) {
            lose(index, node);
        } else {
            sent(index, node, what + " " + event, node.transaction().with(event, changed.get()));
        }
    }

    private void commit(int index, Node node, Commit commit) {
        Transaction transaction = node.transaction();
        Database after = world.database().commit(transaction, scenario);
        Node done = node.sent(Transaction.EMPTY);
        // The node moves its own cursor with its commits; it does not read the lane's.
        boolean moved = transaction.locksLane()
                && transaction.lane().position() != world.database().lane().position();
        Claim claim = moved ? new Claim(node.claim().token(), transaction.lane().position(), 0) : node.claim();
        step(Kind.SEND, index, "commits", world.with(after).with(index, done.with(claim)));

        World doubtful = world.with(transaction);
        mishap(
                DOUBT,
                Kind.DOUBT,
                index,
                "has no answer to its commit, and pauses",
                doubtful.with(index, node.rolledBack()));
        mishap(
                DOUBT,
                Kind.DOUBT,
                index,
                "has no answer to its commit, and drops the lane",
                doubtful.with(index, node.lost()));
        mishap(DOUBT, Kind.DOUBT, index, "dies while it commits", doubtful.died(index));
        if (!commit.ifTakenForFailure().isEmpty()) {
            mishap(
                    DOUBT,
                    Kind.DOUBT,
                    index,
                    "has no answer to its commit, and takes it for a failure",
                    doubtful.with(index, node.working(commit.ifTakenForFailure())));
        }
    }

    private void endDoubt(Transaction transaction) {
        World without = world.without(transaction);
        steps.add(new Step(
                Kind.DOUBT,
                NO_NODE,
                "the commit in doubt succeeds",
                canonical(without.with(world.database().commit(transaction, scenario))),
                false));
        steps.add(new Step(Kind.DOUBT, NO_NODE, "the commit in doubt is rolled back", canonical(without), false));
    }

    private void sent(int index, Node node, String what, Transaction written) {
        step(Kind.SEND, index, what, world.with(index, node.sent(written)));
    }

    private void lose(int index, Node node) {
        step(Kind.LOSE, index, "finds its lane lost", world.with(index, node.lost()));
    }

    private void step(Kind kind, int index, String what, World to) {
        steps.add(new Step(kind, index, "node " + index + " " + what, canonical(to), false));
    }

    private void mishap(Mishap mishap, Kind kind, int index, String what, World to) {
        if (world.mishaps() > 0 && scenario.mishapsThatHappen().contains(mishap)) {
            steps.add(new Step(kind, index, "node " + index + " " + what, canonical(to.afterMishap()), true));
        }
    }

    private static World canonical(World world) {
        return world.canonical();
    }
}
