package org.mxhooks.process.harness;

import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.mxhooks.process.harness.Traffic.Acknowledged;

/**
 * The promises against the books.
 *
 * @param absent acknowledged, but not in the log or not in the ledger
 * @param doubled deliveries with more than one entry
 * @param outOfOrder entries of a story before which stands one with a later place in the log, or that was acknowledged
 *     later
 */
public record Reckoning(long absent, long doubled, long outOfOrder) {

    public static final Reckoning CLEAN = new Reckoning(0, 0, 0);

    public static Reckoning of(Collection<Acknowledged> acknowledged, Books books) throws SQLException {
        Reckoning entries = of(acknowledged, books.entries());
        return new Reckoning(entries.absent, books.doubled(), books.outOfTurn() + entries.outOfOrder);
    }

    /** The same of what a subscriber received, who had been sent a delivery more than once, if at all, in a row. */
    public static Reckoning of(Collection<Acknowledged> acknowledged, List<Books.Entry> received) {
        List<Books.Entry> distinct = received.stream().distinct().toList();
        Set<String> absent =
                acknowledged.stream().map(Acknowledged::delivery).collect(Collectors.toCollection(HashSet::new));
        List<Books.Entry> ofAcknowledged = distinct.stream()
                .filter(entry -> absent.remove(entry.delivery().toString()))
                .toList();
        return new Reckoning(absent.size(), received.size() - distinct.size(), setBack(ofAcknowledged));
    }

    /** How many entries have a smaller number than the one before of the same story. */
    private static long setBack(List<Books.Entry> entries) {
        Map<Long, Long> last = new HashMap<>();
        return entries.stream()
                .filter(entry -> {
                    Long before = last.put(entry.story(), entry.number());
                    return before != null && before > entry.number();
                })
                .count();
    }

    @Override
    public String toString() {
        return "absent %s, effects doubled %s, order broken %s".formatted(absent, doubled, outOfOrder);
    }
}
