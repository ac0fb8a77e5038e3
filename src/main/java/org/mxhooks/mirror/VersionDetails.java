package org.mxhooks.mirror;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the versions of stories and sprints have in common.
 *
 * @param appId the app that the resource belongs to
 * @param createdAt when the resource was created, by the portal's clock
 * @param updatedAt when this state was reached, by the portal's clock
 * @param position of the delivery in the log
 * @param senderName login name of the person who triggered the event
 * @param senderFullName full name of that person
 * @param senderEmailAddress email address of that person
 * @param projectName name of the app's project
 * @param delivery id of the delivery
 * @param cut names of the fields whose texts are longer than they are here; empty outside of lists
 */
public record VersionDetails(
        String appId,
        Optional<Instant> createdAt,
        Optional<Instant> updatedAt,
        long position,
        Optional<String> senderName,
        Optional<String> senderFullName,
        Optional<String> senderEmailAddress,
        Optional<String> projectName,
        String delivery,
        List<String> cut) {

    /** Where a page of a list ends that ends with this version. */
    public Change change() {
        return new Change(updatedAt, position);
    }
}
