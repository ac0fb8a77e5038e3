package org.mxhooks.mirror;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An uploaded package; the names are those of {@link org.mxhooks.event.PackageUploadedEvent}.
 *
 * @param delivery id of the delivery
 * @param position of the delivery in the log
 * @param cut names of the fields whose texts are longer than they are here; empty outside of lists
 */
public record PackageSnapshot(
        String delivery,
        String appId,
        Optional<String> name,
        Optional<String> modelVersion,
        Optional<String> runtimeVersion,
        Optional<String> uploaderId,
        Optional<Instant> uploadTime,
        long position,
        List<String> cut) {

    /** Where a page of a list ends that ends with this package. */
    public Change change() {
        return new Change(uploadTime, position);
    }
}
