package org.mxhooks.mirror;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The state of a service of an environment after an alert; the names are those of {@link org.mxhooks.event.AlertEvent}.
 *
 * @param serviceId of the mirror, made of environment and service
 * @param appId under which the alert is found
 * @param open whether the alert is not ended: the severity is neither Ok nor Recovery
 * @param timestamp when the state was reached, by the portal's clock
 * @param position of the delivery in the log
 * @param delivery id of the delivery
 * @param cut names of the fields whose texts are longer than they are here; empty outside of lists
 */
public record AlertSnapshot(
        String serviceId,
        String appId,
        String environmentId,
        Optional<String> environment,
        String service,
        String severity,
        boolean open,
        Optional<String> message,
        Optional<String> alertId,
        Optional<String> url,
        Optional<Instant> timestamp,
        long position,
        String delivery,
        List<String> cut) {

    /** Where a page of a list ends that ends with this state. */
    public Change change() {
        return new Change(timestamp, position);
    }
}
