package org.mxhooks.operations;

import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.mxhooks.database.Sql;
import org.mxhooks.database.Transaction;

/**
 * Discards dead letters: they are no longer listed, counted or replayed by reason, and stop keeping their bodies from
 * retention. That they were discarded stays known, so nobody takes them for done.
 */
final class Discards {

    /** The lock is the one that retention and replays take. */
    private static final String FIND =
            "select position, undecodable is not null from mxhooks.delivery where delivery = ? for update";

    private static final String REMEMBER = """
            insert into mxhooks.discarded (consumer, position, discarded_at)
            select consumer, position, current_timestamp from mxhooks.parked where dead and position = ?""";

    private static final String REMOVE = "delete from mxhooks.parked where dead and position = ?";

    private static final String DISCARD_UNDECODABLE = """
            insert into mxhooks.discarded (consumer, position, discarded_at) values ('', ?, current_timestamp)
            on conflict do nothing""";

    /** Retention has passed by what is old enough: it looks at these again. */
    private static final String RELEASE_BODY = """
            insert into mxhooks.retained_body (position) select d.position from mxhooks.delivery d
            join mxhooks.retention r on r.cursor >= d.position where d.position = ? and d.body is not null
            on conflict do nothing""";

    private final Sql sql;
    private final Transaction transaction;

    Discards(Sql sql, Transaction transaction) {
        this.sql = sql;
        this.transaction = transaction;
    }

    /** A delivery that may be a dead letter. */
    private record Found(long position, boolean undecodable) {}

    /** Discards the dead letters of a delivery, all or a consumer's; returns how many there were. */
    int ofDelivery(UUID delivery, Optional<String> consumer) throws Exception {
        int[] discarded = new int[1];
        transaction.run(() -> {
            Optional<Found> found = sql.first(FIND, row -> new Found(row.getLong(1), row.getBoolean(2)), delivery);
            discarded[0] = found.isEmpty() ? 0 : discard(found.get(), consumer);
        });
        return discarded[0];
    }

    private int discard(Found found, Optional<String> consumer) throws SQLException {
        int events = events(found.position(), consumer);
        return found.undecodable() && consumer.isEmpty() ? events + undecodable(found.position()) : events;
    }

    private int events(long position, Optional<String> consumer) throws SQLException {
        Select remember = new Select().add(REMEMBER, position).add("and consumer = ?", consumer);
        Select remove = new Select().add(REMOVE, position).add("and consumer = ?", consumer);
        sql.update(remember.text() + " on conflict do nothing", remember.parameters());
        return sql.update(remove.text(), remove.parameters());
    }

    private int undecodable(long position) throws SQLException {
        int discarded = sql.update(DISCARD_UNDECODABLE, position);
        sql.update(RELEASE_BODY, position);
        return discarded;
    }
}
