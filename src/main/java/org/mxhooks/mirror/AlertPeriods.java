package org.mxhooks.mirror;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds when the alerts of a service began and ended, among the latest that are kept and have a time. */
final class AlertPeriods {

    /** A service that raises an alert each minute would make a page slow. */
    static final int MAX_LOOKBACK = 100;

    private AlertPeriods() {}

    /** Whether something was wrong from an instant on. */
    private record Phase(boolean open, Optional<Instant> at) {}

    static AlertPeriod of(EntityManager entities, AlertSnapshot newest) {
        List<Phase> phases = new ArrayList<>(List.of(new Phase(newest.open(), newest.timestamp())));
        phases.addAll(past(entities, newest.serviceId()));
        int ended = 0;
        while (ended < phases.size() && !phases.get(ended).open()) {
            ended++;
        }
        int began = ended;
        while (began < phases.size() && phases.get(began).open()) {
            began++;
        }
        if (began == ended) {
            return new AlertPeriod(Optional.empty(), Optional.empty(), false);
        }
        Optional<Instant> until =
                ended == 0 ? Optional.empty() : phases.get(ended - 1).at();
        boolean longer = began == phases.size() && phases.size() > MAX_LOOKBACK;
        return new AlertPeriod(phases.get(began - 1).at(), until, longer);
    }

    private static List<Phase> past(EntityManager entities, String serviceId) {
        return entities.createQuery(
                        "select c.state.open, c.state.moment.updatedAt from AlertVersion c"
                                + " where c.serviceId = :id and c.state.moment.updatedAt is not null"
                                + " order by c.state.moment.updatedAt desc, c.state.moment.position desc",
                        Object[].class)
                .setParameter("id", serviceId)
                .setMaxResults(MAX_LOOKBACK)
                .getResultStream()
                .map(row -> new Phase((Boolean) row[0], Columns.instant((OffsetDateTime) row[1])))
                .toList();
    }
}
