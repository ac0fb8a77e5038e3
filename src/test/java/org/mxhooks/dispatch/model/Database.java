package org.mxhooks.dispatch.model;

import static org.mxhooks.dispatch.model.Violation.DOUBLED;
import static org.mxhooks.dispatch.model.Violation.LOST;
import static org.mxhooks.dispatch.model.Violation.OUT_OF_ORDER;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * What is committed.
 *
 * @param effects bits of the events whose effect is there
 * @param violation of what was wrong with the commit that led here, or null
 */
public record Database(LaneRow lane, Map<Integer, ParkedRow> parked, int effects, Violation violation) {

    public static final Database INITIAL = new Database(LaneRow.INITIAL, Map.of(), 0, null);

    public Database with(LaneRow changed) {
        return new Database(changed, parked, effects, violation);
    }

    /** Who made the attempts of a node is another now. */
    Database attemptsReplaced(int node, int by) {
        return new Database(lane, attemptsReplaced(parked, node, by), effects, violation);
    }

    static Map<Integer, ParkedRow> attemptsReplaced(Map<Integer, ParkedRow> rows, int node, int by) {
        Map<Integer, ParkedRow> replaced = new HashMap<>(rows);
        replaced.replaceAll((event, row) -> row.begunBy() == node ? row.begunBy(by) : row);
        return Map.copyOf(replaced);
    }

    /** What a statement of this transaction sees: what is committed when it starts, and what the transaction wrote. */
    public Database seenBy(Transaction transaction) {
        Map<Integer, ParkedRow> rows = parked;
        if (!transaction.parked().isEmpty()) {
            rows = new HashMap<>(parked);
            rows.putAll(transaction.parked());
            rows.values().removeIf(ParkedRow.DELETED::equals);
            rows = Map.copyOf(rows);
        }
        return new Database(
                transaction.locksLane() ? transaction.lane() : lane, rows, effects | transaction.effects(), violation);
    }

    public Database commit(Transaction transaction, Scenario scenario) {
        Database after = seenBy(transaction);
        return new Database(after.lane, after.parked, after.effects, after.wrong(this, transaction, scenario));
    }

    private Violation wrong(Database before, Transaction transaction, Scenario scenario) {
        if ((before.effects & transaction.effects()) != 0) {
            return DOUBLED;
        }
        boolean inOrder = scenario.events()
                .filter(event -> has(transaction.effects(), event))
                .allMatch(event -> !dead(event)
                        && IntStream.range(1, event)
                                .filter(earlier -> scenario.sameResource(event, earlier))
                                .allMatch(this::ended));
        if (!inOrder) {
            return OUT_OF_ORDER;
        }
        boolean allThere = IntStream.rangeClosed(1, lane.position())
                .allMatch(event -> parked.containsKey(event) || has(effects, event));
        return allThere ? null : LOST;
    }

    /** The first event of the same resource that is parked and not dead. */
    public OptionalInt head(int event, Scenario scenario) {
        return scenario.events()
                .filter(other -> scenario.sameResource(event, other))
                .filter(other -> parked.containsKey(other) && !parked.get(other).dead())
                .findFirst();
    }

    public Optional<ParkedRow> row(int event) {
        return Optional.ofNullable(parked.get(event));
    }

    public boolean dead(int event) {
        return row(event).filter(ParkedRow::dead).isPresent();
    }

    /** Whether nothing is left to do with it. */
    public boolean ended(int event) {
        return has(effects, event) || dead(event);
    }

    private static boolean has(int effects, int event) {
        return (effects & 1 << event) != 0;
    }
}
