package org.mxhooks.process.benchmarks.peers;

import java.sql.SQLException;
import java.util.Optional;

/**
 * What became of the deliveries of a receiver.
 *
 * @param receiver by its letters
 * @param published how many were answered with success
 * @param kept how many rows there are
 * @param distinct how many different bodies were kept
 * @param mirrored how many versions of stories there are; empty where a receiver only keeps
 */
record LedgerLine(String receiver, long published, long kept, long distinct, Optional<Long> mirrored) {

    static LedgerLine read(BenchDatabase database, String receiver, String schema, long published, boolean mirrors)
            throws SQLException {
        Optional<Long> mirrored = mirrors
                ? Optional.of(count(database, schema, "story", "count(*)")
                        + count(database, schema, "story_version", "count(*)"))
                : Optional.empty();
        return new LedgerLine(
                receiver,
                published,
                count(database, schema, "delivery", "count(*)"),
                count(database, schema, "delivery", "count(distinct identity)"),
                mirrored);
    }

    boolean isBalanced() {
        return published > 0 && published == kept && kept == distinct && mirrored.orElse(kept) == kept;
    }

    private static long count(BenchDatabase database, String schema, String table, String what) throws SQLException {
        return (long) database.number("select %s from %s.%s".formatted(what, schema, table));
    }
}
