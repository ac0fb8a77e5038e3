package org.mxhooks.dispatch.model;

import static org.mxhooks.dispatch.model.Behaviour.TAKES_EFFECT;
import static org.mxhooks.dispatch.model.Violation.WRONGLY_DEAD;
import static org.mxhooks.dispatch.model.Violation.WRONGLY_PARKED;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A state of everything: the database, the nodes, and the transactions whose commit was sent by a node that knows no
 * answer and goes on, or died; the database ends them when it likes.
 *
 * @param failed bits of the events that failed once
 * @param mishaps how many may still happen
 */
public record World(Database database, List<Node> nodes, List<Transaction> inDoubt, int failed, int mishaps) {

    private static final int MISHAPS_THAT_KILL = 2;

    public static World initial(Scenario scenario) {
        return new World(Database.INITIAL, List.of(Node.STARTED, Node.STARTED), List.of(), 0, scenario.mishaps());
    }

    public World with(Database changed) {
        return new World(changed, nodes, inDoubt, failed, mishaps);
    }

    public World with(int index, Node node) {
        return new World(
                database,
                index == 0 ? List.of(node, nodes.get(1)) : List.of(nodes.get(0), node),
                inDoubt,
                failed,
                mishaps);
    }

    public World with(Transaction doubtful) {
        return new World(
                database,
                nodes,
                Stream.concat(inDoubt.stream(), Stream.of(doubtful)).toList(),
                failed,
                mishaps);
    }

    public World without(Transaction ended) {
        List<Transaction> left = new ArrayList<>(inDoubt);
        left.remove(ended);
        return new World(database, nodes, List.copyOf(left), failed, mishaps);
    }

    public World failedOn(int event) {
        return new World(database, nodes, inDoubt, failed | 1 << event, mishaps);
    }

    public boolean hasFailedOn(int event) {
        return (failed & 1 << event) != 0;
    }

    public World afterMishap() {
        return new World(database, nodes, inDoubt, failed, mishaps - 1);
    }

    /** The lane keeps its dead owner, until the lease expires. */
    public World died(int index) {
        World without = with(index, Node.STARTED);
        return without.ownerReplaced(index, LaneRow.DEAD_NODE);
    }

    private World ownerReplaced(int owner, int by) {
        LaneRow lane = database.lane();
        List<Transaction> transactions = inDoubt.stream()
                .map(transaction -> transaction.attemptsReplaced(owner, by))
                .map(transaction ->
                        transaction.locksLane() && transaction.lane().owner() == owner
                                ? transaction.with(transaction.lane().ownedBy(by))
                                : transaction)
                .toList();
        Database after = database.attemptsReplaced(owner, by);
        return new World(
                lane.owner() == owner ? after.with(lane.ownedBy(by)) : after, nodes, transactions, failed, mishaps);
    }

    /** Whether a transaction other than the node's own has the lane's row locked. */
    public boolean laneIsLocked(int index) {
        return othersOf(index).anyMatch(Transaction::locksLane);
    }

    public boolean rowIsLocked(int index, int event) {
        return othersOf(index).anyMatch(transaction -> transaction.locks(event));
    }

    private Stream<Transaction> othersOf(int index) {
        return Stream.concat(inDoubt.stream(), Stream.of(nodes.get(1 - index).transaction()));
    }

    public Optional<Violation> violation(Scenario scenario) {
        if (database.violation() != null) {
            return Optional.of(database.violation());
        }
        int happened = scenario.mishaps() - mishaps;
        if (happened < MISHAPS_THAT_KILL
                && scenario.events()
                        .anyMatch(event -> database.dead(event)
                                && scenario.behaviour(event).harmless())) {
            return Optional.of(WRONGLY_DEAD);
        }
        boolean onlyStatementsFailed = scenario.mishapsThatHappen().equals(Set.of(Mishap.STATEMENT_FAILED));
        boolean nothingWrongBefore = (happened == 0 || onlyStatementsFailed) && failed == 0;
        return scenario.events()
                .filter(database.parked()::containsKey)
                .limit(1)
                .filter(event -> nothingWrongBefore && scenario.behaviour(event) == TAKES_EFFECT)
                .mapToObj(event -> WRONGLY_PARKED)
                .findFirst();
    }

    public boolean isFinal(Scenario scenario) {
        return scenario.events().allMatch(database::ended);
    }

    /** The same, where tokens that nobody can tell apart are one: a lost claim's never comes back. */
    public World canonical() {
        int current = database.lane().token();
        if (current == 0) {
            return this;
        }
        return new World(
                database.with(database.lane().withToken(0)),
                nodes.stream().map(node -> canonical(node, current)).toList(),
                inDoubt.stream().map(World::canonical).toList(),
                failed,
                mishaps);
    }

    private static Node canonical(Node node, int current) {
        Node.Claim claim = node.claim();
        return new Node(
                claim == null ? null : claim.withToken(claim.token() == current ? 0 : -1),
                node.rest(),
                canonical(node.transaction()));
    }

    private static Transaction canonical(Transaction transaction) {
        return transaction.locksLane() ? transaction.with(transaction.lane().withToken(0)) : transaction;
    }
}
