package org.mxhooks.operations;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.inbox.KeptBody;

/**
 * Finds deliveries by what their bodies contain, from the newest on. There is no index of texts, so a page ends after
 * so many bodies, or bytes of them, that it has read; no more than {@link #BYTES_AT_ONCE} of them are in memory.
 *
 * @param others finds deliveries by the rest of a filter
 */
record TextSearch(Inbox inbox, Others others) {

    /** To read 5,000 bodies of 1 kB took 54 ms, and an operator's list should take less than 50. */
    static final int MAX_BODIES = 2_000;

    static final long MAX_BYTES = 6L * 1024 * 1024;
    private static final long BYTES_AT_ONCE = 2L * 1024 * 1024;
    private static final int POSITIONS_AT_ONCE = 500;

    /** A search without a text. */
    interface Others {
        Positions positions(DeliveryFilter filter, long before, int limit) throws SQLException;
    }

    Positions positions(DeliveryFilter filter, long before, int limit) throws SQLException {
        BodyText text = filter.text().orElseThrow();
        List<Long> found = new ArrayList<>();
        long bytes = 0;
        long at = before;
        for (int read = 0; read < MAX_BODIES; read += POSITIONS_AT_ONCE) {
            Positions some = others.positions(filter, at, POSITIONS_AT_ONCE);
            List<Long> unread = some.found();
            while (!unread.isEmpty()) {
                List<KeptBody> bodies = inbox.bodies(unread, BYTES_AT_ONCE);
                for (KeptBody body : bodies) {
                    at = body.position();
                    bytes += body.bytes().length;
                    if (text.isIn(body.bytes())) {
                        found.add(at);
                        if (found.size() == limit) {
                            return new Positions(found, OptionalLong.empty());
                        }
                    }
                }
                if (bytes > MAX_BYTES) {
                    return new Positions(found, OptionalLong.of(at));
                }
                unread = bodies.isEmpty() ? List.of() : after(unread, at);
            }
            if (some.next().isPresent()) {
                return new Positions(found, some.next());
            }
            if (some.found().size() < POSITIONS_AT_ONCE) {
                return new Positions(found, OptionalLong.empty());
            }
            at = some.found().get(POSITIONS_AT_ONCE - 1);
        }
        return new Positions(found, OptionalLong.of(at));
    }

    private static List<Long> after(List<Long> positions, long last) {
        return positions.stream().filter(position -> position < last).toList();
    }
}
