package org.mxhooks.mirror;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds when the alerts of a service began and ended, among the latest that are kept. */
final class AlertPeriods {

    /** A service that raises an alert each minute would make a page slow. */
    static final int MAX_LOOKBACK = 100;

    private AlertPeriods() {}

    static AlertPeriod of(EntityManager entities, AlertSnapshot newest) {
        List<AlertSnapshot> alerts = new ArrayList<>(List.of(newest));
        alerts.addAll(past(entities, newest));
        int ended = 0;
        while (ended < alerts.size() && !alerts.get(ended).open()) {
            ended++;
        }
        int began = ended;
        while (began < alerts.size() && alerts.get(began).open()) {
            began++;
        }
        Optional<Instant> until = ended == 0 || ended == alerts.size()
                ? Optional.empty()
                : alerts.get(ended - 1).timestamp();
        Optional<Instant> from =
                ended == began ? Optional.empty() : alerts.get(began - 1).timestamp();
        return new AlertPeriod(from, until, began == alerts.size() && alerts.size() > MAX_LOOKBACK);
    }

    private static List<AlertSnapshot> past(EntityManager entities, AlertSnapshot newest) {
        Optional<Change> after = Optional.of(newest.change());
        return new Listing<>(entities, Listed.PAST_ALERTS)
                .where(
                        PastKeys.OF_SERVICE.condition(),
                        PastKeys.OF_SERVICE.parameters().apply(newest.serviceId()))
                .read(new Selection(Optional.empty(), Optional.empty(), after, MAX_LOOKBACK));
    }
}
