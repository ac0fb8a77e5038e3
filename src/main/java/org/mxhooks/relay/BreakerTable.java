package org.mxhooks.relay;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.mxhooks.database.Sql;
import org.mxhooks.relay.BreakerState.Phase;

/**
 * What each node has learned of subscribers, where it is not that all is well. What a node does not confirm counts no
 * longer: it is gone.
 */
record BreakerTable(Sql sql) {

    /** A time far ahead was written under a clock that has been set back since. */
    private static final String CONFIRMED =
            "seen_at between current_timestamp - interval '60' second and current_timestamp + interval '60' second";

    private static final String UPDATE = """
            update mxhooks.relay_breaker set opened_at = ?, next_probe_at = ?, probing = ?, failures = ?, cause = ?,
            waits_until = ?, seen_at = current_timestamp where subscription = ? and node = ?""";

    private static final String INSERT = """
            insert into mxhooks.relay_breaker (opened_at, next_probe_at, probing, failures, cause, waits_until, subscription,
            node, seen_at) values (?, ?, ?, ?, ?, ?, ?, ?, current_timestamp) on conflict do nothing""";

    /**
     * A node's row.
     *
     * @param openedAt empty while the breaker is closed
     */
    record BreakerRow(
            Optional<Instant> openedAt,
            Optional<Instant> nextProbeAt,
            boolean probing,
            int failures,
            Optional<String> cause,
            Optional<Instant> waitsUntil) {

        private BreakerState state(Instant now) {
            if (openedAt.isEmpty()) {
                return new BreakerState(
                        Phase.CLOSED, Optional.empty(), Optional.empty(), failures, Optional.empty(), waits(now));
            }
            boolean probed = probing || nextProbeAt.filter(now::isBefore).isEmpty();
            return new BreakerState(
                    probed ? Phase.HALF_OPEN : Phase.OPEN,
                    openedAt,
                    nextProbeAt.filter(at -> !probed),
                    failures,
                    cause,
                    waits(now));
        }

        private Optional<Instant> waits(Instant now) {
            return waitsUntil.filter(now::isBefore);
        }
    }

    /** Of all subscriptions of which any node has something to say. */
    Map<UUID, BreakerState> states() throws SQLException {
        Map<UUID, BreakerState> states = new HashMap<>();
        Instant now = Instant.now();
        sql.query(
                "select * from mxhooks.relay_breaker where " + CONFIRMED,
                row -> states.merge(
                        row.getObject("subscription", UUID.class), read(row).state(now), BreakerState::and));
        return states;
    }

    private static BreakerRow read(ResultSet row) throws SQLException {
        return new BreakerRow(
                Sql.instant(row, "opened_at"),
                Sql.instant(row, "next_probe_at"),
                row.getBoolean("probing"),
                row.getInt("failures"),
                Optional.ofNullable(row.getString("cause")),
                Sql.instant(row, "waits_until"));
    }

    void write(UUID subscription, UUID node, BreakerRow row) throws SQLException {
        Object[] parameters = {
            row.openedAt().map(Sql::time).orElse(null),
            row.nextProbeAt().map(Sql::time).orElse(null),
            row.probing(),
            row.failures(),
            row.cause().orElse(null),
            row.waitsUntil().map(Sql::time).orElse(null),
            subscription,
            node
        };
        if (sql.update(UPDATE, parameters) == 0) {
            sql.update(INSERT, parameters);
        }
    }

    void delete(UUID subscription, UUID node) throws SQLException {
        sql.update("delete from mxhooks.relay_breaker where subscription = ? and node = ?", subscription, node);
    }

    /** Those of nodes that are gone. */
    void deleteUnconfirmed() throws SQLException {
        sql.update("delete from mxhooks.relay_breaker where not (" + CONFIRMED + ")");
    }
}
